import { Combobox } from "@aerostic/ui/combobox";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { Input } from "@aerostic/ui/input";
import { formatCount } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { PageToolbar } from "@/features/shell/page";
import { consentNames } from "./contact";
import type { ContactsSearch } from "./contacts-search";
import { useOwnerOptions } from "./owner-options";
import { SegmentFilter } from "./segment-filter";
import { useStageOptions } from "./stage-options";
import { useTagOptions } from "./tag-options";

interface ContactToolbarProps {
  search: ContactsSearch;
  onChange: (change: Partial<ContactsSearch>) => void;
  /** Null beyond what is cheap to count; undefined while loading. */
  total?: number | null;
}

const all = "all";

const consents = [
  { value: all, label: "Any consent" },
  ...Object.entries(consentNames).map(([value, label]) => ({ value, label })),
];

const blocks = [
  { value: all, label: "Blocked or not" },
  { value: "no", label: "Not blocked" },
  { value: "yes", label: "Blocked" },
];

const orders = [
  { value: "newest", label: "Newest first" },
  { value: "name", label: "By name" },
];

/** Search, filters and how many contacts they let through. */
export function ContactToolbar({ search, onChange, total }: ContactToolbarProps) {
  const { options } = useTagOptions();
  const stages = useStageOptions();
  const owners = useOwnerOptions();
  const blocked = search.blocked === undefined ? all : search.blocked ? "yes" : "no";
  return (
    <PageToolbar>
      <SearchInput value={search.q ?? ""} onChange={(q) => onChange({ q: q || undefined })} />
      <div className="flex min-w-0 flex-1 items-center gap-2 max-md:basis-full max-md:overflow-x-auto max-md:p-0.5 md:flex-wrap">
        <Combobox
          aria-label="Tag or list"
          className="w-38 shrink-0 text-sm"
          options={[{ value: all, label: "All tags and lists" }, ...options]}
          value={search.tag ?? all}
          placeholder="A deleted tag"
          onValueChange={(tag) => onChange({ tag: tag === all ? undefined : tag })}
          search="Search tags and lists"
        />
        <SegmentFilter search={search} onChange={onChange} />
        <Select
          aria-label="Stage"
          className="w-28 shrink-0 text-sm"
          options={[{ value: all, label: "Any stage" }, ...stages.options]}
          value={search.stage ?? all}
          onValueChange={(stage) => onChange({ stage: stage === all ? undefined : stage })}
        />
        <Combobox
          aria-label="Owner"
          className="w-36 shrink-0 text-sm"
          options={[{ value: all, label: "Any owner" }, ...owners.options]}
          value={search.owner ?? all}
          placeholder="A former member"
          onValueChange={(owner) => onChange({ owner: owner === all ? undefined : owner })}
          search="Search members"
        />
        <Select
          aria-label="Marketing consent"
          className="w-32 shrink-0 text-sm"
          options={consents}
          value={search.optIn ?? all}
          onValueChange={(optIn) =>
            onChange({ optIn: optIn === all ? undefined : (optIn as ContactsSearch["optIn"]) })
          }
        />
        <Select
          aria-label="Blocked"
          className="w-36 shrink-0 text-sm"
          options={blocks}
          value={blocked}
          onValueChange={(next) => onChange({ blocked: next === all ? undefined : next === "yes" })}
        />
        <Select
          aria-label="Order"
          className="w-32 shrink-0 text-sm"
          options={orders}
          value={search.sort ?? "newest"}
          onValueChange={(sort) => onChange({ sort: sort === "name" ? "name" : undefined })}
        />
      </div>
      <span className="text-muted-foreground text-xs" role="status">
        {total === undefined
          ? ""
          : total === null
            ? "More than 10,000 contacts"
            : formatCount(total, "contact")}
      </span>
    </PageToolbar>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const rested = useDebouncedValue(text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (rested !== value) onChange(rested);
  }, [rested]);
  useEffect(() => setText(value), [value]);
  return (
    <div className="w-56 max-md:w-full">
      <Input
        type="search"
        aria-label="Search contacts"
        placeholder="Name, number or whole email"
        prefix={<Search aria-hidden />}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
