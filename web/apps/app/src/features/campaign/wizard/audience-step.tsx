import { Card, CardBody } from "@aerostic/ui/card";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Filter, ListChecks, Tag as TagIcon, Tags, UsersRound } from "lucide-react";
import { useMemo } from "react";
import { type Tag, useTags } from "@/features/contact/api/tags";
import { type Segment, useSegments } from "@/features/segment/api/segments";
import type { Campaign } from "../api/campaigns";
import { useEstimate } from "../api/estimate";
import { type DraftContent, hasAudience } from "./steps";

interface AudienceStepProps {
  campaign: Campaign;
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  settled: boolean;
  tried: boolean;
}

/** Everyone, or those with some tags or on some lists; without others; and how many that are. */
export function AudienceStep({ campaign, content, change, settled, tried }: AudienceStepProps) {
  const { audience } = content;
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
  const set = (part: Partial<DraftContent["audience"]>) => change({ audience: { ...audience, ...part } });
  const chosen = [...(audience.segments ?? []), ...(audience.tags ?? [])];
  const excluded = [...(audience.excludeSegments ?? []), ...(audience.excludeTags ?? [])];
  const empty = !hasAudience(audience);
  // Whoever began with tags stays at the choice of tags, also before the first is chosen.
  const kind = audience.all ? "all" : "some";

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="flex min-w-0 flex-col gap-6">
        <ProblemAlert error={error} onRetry={() => refetch()} />
        <RadioGroup
          aria-label="Audience"
          value={kind}
          onValueChange={(next) => set({ all: next === "all" })}
          className="grid gap-3 sm:grid-cols-2"
        >
          <RadioCard
            value="all"
            icon={<UsersRound />}
            label="Everyone"
            hint="All contacts of the workspace"
          />
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
            error={tried && empty ? "Choose at least one segment, tag or list." : undefined}
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
      <Count campaign={campaign} settled={settled} empty={empty} />
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

/** How many people that are, counted by the server after each change. */
function Count({ campaign, settled, empty }: { campaign: Campaign; settled: boolean; empty: boolean }) {
  const { data, error, isFetching, refetch } = useEstimate(campaign.id, campaign.updatedAt);
  const counting = !settled || isFetching;
  return (
    <Card className="lg:sticky lg:top-5">
      <CardBody aria-live="polite" aria-busy={counting}>
        <p className="text-muted-foreground text-xs">People in the audience</p>
        {error && !data ? (
          <ProblemAlert error={error} onRetry={() => refetch()} className="mt-2" />
        ) : data ? (
          <>
            <p
              className={`font-semibold text-2xl tracking-title transition-opacity ${counting ? "opacity-50" : ""}`}
            >
              {formatNumber(empty ? 0 : data.audience)}
            </p>
            {!empty && data.audience > 0 && (
              <p className="mt-1 text-muted-foreground text-xs">
                {data.reachable >= data.audience
                  ? "All of them may get it"
                  : `${data.exact ? "" : "About "}${formatCount(data.reachable, "person", "people")} may get it. The others opted out, are suppressed, or have no price.`}
              </p>
            )}
            {!empty && data.audience === 0 && (
              <p className="mt-1 text-warning text-xs">Nobody is in this audience.</p>
            )}
          </>
        ) : (
          <Skeleton className="my-2 h-6 w-24" />
        )}
      </CardBody>
    </Card>
  );
}
