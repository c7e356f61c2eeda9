import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatNumber } from "@aerostic/ui/lib/format";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Filter, ListChecks, Tag as TagIcon, Tags, UsersRound } from "lucide-react";
import { useMemo } from "react";
import { type Tag, useTags } from "@/features/contact/api/tags";
import { type Segment, useSegments } from "@/features/segment/api/segments";
import { type DraftContent, hasAudience } from "./steps";

type Audience = DraftContent["audience"];

interface AudienceFieldsProps {
  audience: Audience;
  onChange: (audience: Audience) => void;
  tried: boolean;
}

/** Everyone, or those with some tags or on some lists; without others. */
export function AudienceFields({ audience, onChange, tried }: AudienceFieldsProps) {
  const { data, error, refetch } = useTags();
  const segments = useSegments().data?.items;
  const options = useMemo(
    () => [...(segments ?? []).map(ofSegment), ...(data?.items ?? []).map(toOption)],
    [data, segments],
  );
  /** Chosen ids apart: those of segments and those of tags. */
  const parted = (ids: string[]) => {
    const isSegment = (id: string) => segments?.some((one) => one.id === id) ?? false;
    return { segments: ids.filter(isSegment), tags: ids.filter((id) => !isSegment(id)) };
  };
  const set = (part: Partial<Audience>) => onChange({ ...audience, ...part });
  const chosen = [...(audience.segments ?? []), ...(audience.tags ?? [])];
  const excluded = [...(audience.excludeSegments ?? []), ...(audience.excludeTags ?? [])];
  // Whoever began with tags stays at the choice of tags, also before the first is chosen.
  const kind = audience.all ? "all" : "some";

  return (
    <div className="flex min-w-0 flex-col gap-6">
      <ProblemAlert error={error} onRetry={() => refetch()} />
      <RadioGroup
        aria-label="Audience"
        value={kind}
        onValueChange={(next) => set({ all: next === "all" })}
        className="grid gap-3 sm:grid-cols-2"
      >
        <RadioCard value="all" icon={<UsersRound />} label="Everyone" hint="All contacts of the workspace" />
        <RadioCard
          value="some"
          icon={<Tags />}
          label="By segment, tag or list"
          hint="Those in any of the segments, with any of the tags, or on any of the lists"
        />
      </RadioGroup>
      {kind === "some" && (
        <FieldGroup
          label="Anyone with"
          hint={
            options.length === 0 && data
              ? "There are no segments or tags yet: make a segment, tag contacts, or import a list."
              : undefined
          }
          error={tried && !hasAudience(audience) ? "Choose at least one segment, tag or list." : undefined}
        >
          <MultiCombobox
            aria-label="Segments, tags and lists that get it"
            placeholder="Choose segments, tags and lists"
            search="Search segments, tags and lists"
            options={options}
            value={chosen}
            onValueChange={(ids) => set(parted(ids))}
          />
        </FieldGroup>
      )}
      <FieldGroup label="But not those with" hint="Exclusions win: a person with any of these is left out">
        <MultiCombobox
          aria-label="Segments, tags and lists that do not get it"
          placeholder="Exclude segments, tags and lists"
          search="Search segments, tags and lists"
          options={options}
          value={excluded}
          onValueChange={(ids) => {
            const { tags, segments } = parted(ids);
            set({ excludeTags: tags, excludeSegments: segments });
          }}
        />
      </FieldGroup>
      <Field
        label="Nor those you wrote to in the last days"
        hint="Any message of yours counts, also one of another campaign. Empty: nobody is left out for it"
        optional
      >
        <Input
          className="w-24"
          inputMode="numeric"
          placeholder="Days"
          value={audience.excludeRecentDays ? String(audience.excludeRecentDays) : ""}
          onChange={({ target }) => {
            const days = Math.min(365, Number(target.value.replace(/\D/g, "")) || 0);
            set({ excludeRecentDays: days || undefined });
          }}
        />
      </Field>
    </div>
  );
}

function ofSegment({ id, name }: Segment) {
  return { value: id, label: name, group: "Segments", icon: <Filter /> };
}

function toOption(tag: Tag) {
  const list = tag.kind === "list";
  return {
    value: tag.id,
    label: tag.name,
    hint: formatNumber(tag.contacts),
    group: list ? "Lists" : "Tags",
    icon: list ? <ListChecks /> : <TagIcon />,
  };
}
