import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { Select } from "@aerostic/ui/select";
import { Skeleton } from "@aerostic/ui/skeleton";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { reconcile, sameMapping } from "@/features/campaign/mapping";
import { LanguageChoice } from "@/features/campaign/wizard/language-choice";
import { SlotFields } from "@/features/campaign/wizard/slot-fields";
import { useChannels } from "@/features/channel/api/list";
import { useFields } from "@/features/contact/api/fields";
import { useTemplate } from "@/features/template/api/template";
import { useTemplates } from "@/features/template/api/templates";
import { languageName } from "@/features/template/languages";
import { toPreview } from "@/features/template/preview";
import { categories } from "@/features/template/status";
import type { Step } from "../api/sequence";
import { waitText } from "../sequence";

interface StepCardProps {
  step: Step;
  /** From 1. */
  number: number;
  last: boolean;
  channelId: string | undefined;
  byEvent: boolean;
  /** Whether to say what is missing. */
  tried: boolean;
  change: (part: Partial<Step>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One step: when it comes, which template, what goes into it, and how that looks on a phone. */
export function StepCard({
  step,
  number,
  last,
  channelId,
  byEvent,
  tried,
  change,
  onMove,
  onRemove,
}: StepCardProps) {
  const channel = useChannels().data?.items.find(({ id }) => id === channelId);
  const { data: template } = useTemplate(step.templateId);
  return (
    <Card>
      <CardHeader
        title={`Step ${number}`}
        description={waitText(step, number === 1)}
        action={
          <>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Move step ${number} up`}
              disabled={number === 1}
              onClick={() => onMove(-1)}
            >
              <ArrowUp />
            </Button>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Move step ${number} down`}
              disabled={last}
              onClick={() => onMove(1)}
            >
              <ArrowDown />
            </Button>
            <Button variant="ghost" size="icon-sm" aria-label={`Remove step ${number}`} onClick={onRemove}>
              <Trash2 />
            </Button>
          </>
        }
      />
      <CardBody className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <WaitFields step={step} number={number} change={change} />
          <TemplateField step={step} wabaId={channel?.wabaId} tried={tried} change={change} />
          {template?.problem && (
            <Alert tone="danger" title="This template cannot be sent">
              {template.problem}
            </Alert>
          )}
          {template && <LanguageChoice template={template} content={step} change={change} />}
          {template && <Slots step={step} byEvent={byEvent} tried={tried} change={change} />}
        </div>
        <aside className="flex flex-col items-center gap-2 lg:sticky lg:top-5">
          {template?.preview && (
            <>
              <PhonePreview
                sender={channel?.verifiedName || "Your business"}
                message={toPreview(template.preview)}
              />
              <p className="text-center text-muted-foreground text-xs">Filled with examples</p>
            </>
          )}
          {step.templateId && !template && <Skeleton className="h-72 w-full max-w-80 rounded-2xl" />}
        </aside>
      </CardBody>
    </Card>
  );
}

interface PartProps {
  step: Step;
  change: (part: Partial<Step>) => void;
}

function WaitFields({ step, number, change }: PartProps & { number: number }) {
  const { timezone } = useMe().tenant;
  const { wait, at } = step;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      <Field label={number === 1 ? "Wait after coming in" : "Wait after the step before"}>
        <Input
          type="number"
          min={0}
          max={10000}
          value={wait.amount}
          onChange={(event) =>
            change({
              wait: { ...wait, amount: Math.min(10000, Math.max(0, Math.trunc(Number(event.target.value)))) },
            })
          }
        />
      </Field>
      <Field label="Unit">
        <Select
          value={wait.unit}
          onValueChange={(unit) => change({ wait: { ...wait, unit: unit as Step["wait"]["unit"] } })}
          options={[
            { value: "minutes", label: "Minutes" },
            { value: "hours", label: "Hours" },
            { value: "days", label: "Days" },
          ]}
        />
      </Field>
      <Field label="Then at" className="max-sm:col-span-2" optional hint={timezone.replaceAll("_", " ")}>
        <Input
          type="time"
          value={at ?? ""}
          onChange={(event) => change({ at: event.target.value || undefined })}
        />
      </Field>
    </div>
  );
}

/** The approved templates of the number's account. */
function TemplateField({
  step,
  wabaId,
  tried,
  change,
}: PartProps & { wabaId: string | undefined; tried: boolean }) {
  const query = useTemplates({ status: "APPROVED", wabaId }, { enabled: wabaId !== undefined });
  const { data: chosen } = useTemplate(step.templateId);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const options = useMemo(() => {
    const list = query.data?.pages.flatMap(({ items }) => items) ?? [];
    const all = chosen && !list.some(({ id }) => id === chosen.id) ? [chosen, ...list] : list;
    return all.map(({ id, name, language, category }) => ({
      value: id,
      label: name,
      hint: `${languageName(language)} · ${categories[category]}`,
    }));
  }, [query.data, chosen]);
  return (
    <Field
      label="Template"
      hint={wabaId ? undefined : "Choose the number first"}
      error={tried && !step.templateId ? "Choose a template." : undefined}
    >
      <Combobox
        placeholder="Choose a template"
        search="Search templates"
        disabled={!wabaId}
        value={step.templateId}
        onValueChange={(templateId) => change({ templateId, mapping: [], byLanguage: false })}
        options={options}
      />
    </Field>
  );
}

/** Where each placeholder's value comes from; a new template's get a suggestion. */
function Slots({ step, byEvent, tried, change }: PartProps & { byEvent: boolean; tried: boolean }) {
  const { data: template } = useTemplate(step.templateId);
  const fields = useFields().data?.items;
  const slots = template?.slots;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per template, when its slots are known
  useEffect(() => {
    if (!slots || !fields) return;
    const mapping = reconcile(step.mapping, slots, fields, template?.body);
    if (!sameMapping(mapping, step.mapping)) change({ mapping });
  }, [slots, fields]);
  if (!slots || slots.length === 0) return null;
  return (
    <SlotFields
      key={step.templateId}
      slots={slots}
      mapping={step.mapping}
      onChange={(mapping) => change({ mapping })}
      tried={tried}
      links={false}
      event={byEvent}
    />
  );
}
