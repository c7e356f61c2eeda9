import { Button } from "@aerostic/ui/button";
import { Chip } from "@aerostic/ui/chip";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { ChevronDown, ListFilter } from "lucide-react";
import { useChannels } from "@/features/channel/api/list";
import {
  type InboxSearch,
  type PromiseFilter,
  promiseNames,
  type StatusFilter,
  statusNames,
} from "../filter";
import type { Named } from "../model";
import { useNames } from "../names";
import { ViewMenu } from "./view-menu";

interface FilterMenuProps {
  search: InboxSearch;
  change: (next: Partial<InboxSearch>) => void;
}

const any = "any";

const promises: Named[] = (Object.keys(promiseNames) as PromiseFilter[]).map((id) => ({
  id,
  name: promiseNames[id],
}));

/** The status, and what else narrows the list; what is chosen stands as chips. */
export function FilterMenu({ search, change }: FilterMenuProps) {
  const { teams, labels } = useNames();
  const numbers = useNumbers();
  const parts: { key: "sla" | "team" | "label" | "channel"; title: string; all: Named[] }[] = [
    { key: "sla", title: "SLA", all: promises },
    { key: "label", title: "Label", all: labels },
    { key: "team", title: "Team", all: teams },
    { key: "channel", title: "Number", all: numbers },
  ];
  const chosen = parts.flatMap(({ key, all }) => {
    const one = all.find(({ id }) => id === search[key]);
    return one ? [{ key, name: one.name }] : [];
  });
  return (
    <div className="flex flex-wrap items-center gap-1">
      <StatusChoice
        status={search.status ?? "open"}
        onStatus={(status) => change({ status: status === "open" ? undefined : status })}
      />
      {chosen.map(({ key, name }) => (
        <Chip key={key} label={name} onRemove={() => change({ [key]: undefined })} />
      ))}
      <ViewMenu search={search} change={change} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="xs">
            <ListFilter /> Filter
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-h-96">
          {parts
            .filter(({ all }) => all.length > 0)
            .map(({ key, title, all }, index) => (
              <Part
                key={key}
                title={title}
                first={index === 0}
                all={all}
                value={search[key]}
                onValue={(value) => change({ [key]: value })}
              />
            ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

function Part({
  title,
  first,
  all,
  value,
  onValue,
}: {
  title: string;
  first: boolean;
  all: Named[];
  value?: string;
  onValue: (value: string | undefined) => void;
}) {
  return (
    <>
      {!first && <DropdownMenuSeparator />}
      <DropdownMenuLabel>{title}</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={value ?? any}
        onValueChange={(next) => onValue(next === any ? undefined : next)}
      >
        <DropdownMenuRadioItem value={any}>Any</DropdownMenuRadioItem>
        {all.map(({ id, name }) => (
          <DropdownMenuRadioItem key={id} value={id}>
            <bdi className="truncate">{name}</bdi>
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}

function StatusChoice({
  status,
  onStatus,
}: {
  status: StatusFilter;
  onStatus: (status: StatusFilter) => void;
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="xs" aria-label={`Status: ${statusNames[status]}`}>
          {statusNames[status]} <ChevronDown />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuRadioGroup value={status} onValueChange={(next) => onStatus(next as StatusFilter)}>
          {(Object.keys(statusNames) as StatusFilter[]).map((one) => (
            <DropdownMenuRadioItem key={one} value={one}>
              {statusNames[one]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The workspace's numbers, when there are several to tell apart. */
function useNumbers(): Named[] {
  const items = useChannels().data?.items ?? [];
  if (items.length < 2) return [];
  return items.map(({ id, verifiedName, displayPhone }) => ({ id, name: verifiedName || displayPhone }));
}
