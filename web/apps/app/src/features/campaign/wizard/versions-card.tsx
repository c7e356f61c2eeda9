import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import { Plus, X } from "lucide-react";
import { useEffect } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useFields } from "@/features/contact/api/fields";
import { useTemplateSearch } from "@/features/template/api/search";
import { type TemplateDetail, useTemplate } from "@/features/template/api/template";
import { languageName } from "@/features/template/languages";
import {
  type Experiment,
  mostVariants,
  shares,
  type Variant,
  variantName,
  withoutVariant,
  withVariant,
} from "../experiment";
import { reconcile, sameMapping } from "../mapping";
import { SampleAdvice } from "./sample-advice";
import { SlotFields } from "./slot-fields";
import type { TestStepProps } from "./test-step";
import { WinnerFields } from "./winner-fields";

/** Version A is what the steps before made; others differ in template or in what fills it. */
export function VersionsCard({ campaign, content, change, settled, tried }: TestStepProps) {
  const { experiment, templateId, mapping } = content;
  const count = 1 + (experiment?.others.length ?? 0);
  const set = (next: Experiment) => change({ experiment: next.others.length > 0 ? next : undefined });
  const others = experiment?.others ?? [];
  const part = experiment ? shares(experiment) : [100];
  return (
    <Card>
      <CardHeader title="Versions" description="Compare up to six; who gets which is drawn at random" />
      <CardBody className="flex flex-col gap-5">
        {experiment && (
          <VersionHead
            variant={1}
            share={part[0] ?? 0}
            weight={experiment.weight}
            onWeight={(weight) => set({ ...experiment, weight })}
          />
        )}
        {experiment &&
          others.map((other, i) => (
            <Version
              // biome-ignore lint/suspicious/noArrayIndexKey: a version is its place
              key={i}
              variant={i + 2}
              value={other}
              share={part[i + 1] ?? 0}
              content={content}
              tried={tried}
              onChange={(next) =>
                set({ ...experiment, others: others.map((old, at) => (at === i ? next : old)) })
              }
              onRemove={() => set(withoutVariant(experiment, i))}
            />
          ))}
        {count < mostVariants && (
          <Button
            className="self-start"
            disabled={!templateId}
            onClick={() => templateId && set(withVariant(experiment, { templateId, mapping }))}
          >
            <Plus /> {count === 1 ? "Compare with another version" : "Add a version"}
          </Button>
        )}
        {experiment && (
          <>
            <WinnerFields experiment={experiment} onChange={set} />
            <SampleAdvice campaign={campaign} experiment={experiment} settled={settled} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

const weights = [1, 2, 3, 4, 5, 9].map((n) => ({ value: String(n), label: String(n) }));

interface VersionHeadProps {
  variant: number;
  share: number;
  weight: number;
  onWeight: (weight: number) => void;
  onRemove?: () => void;
}

function VersionHead({ variant, share, weight, onWeight, onRemove }: VersionHeadProps) {
  const name = variantName(variant);
  const options = weights.some(({ value }) => value === String(weight))
    ? weights
    : [...weights, { value: String(weight), label: String(weight) }];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <h3 className="font-medium text-sm">
        Version {name}
        {variant === 1 && (
          <span className="ml-1.5 text-muted-foreground text-xs">as in the steps before</span>
        )}
      </h3>
      <Badge tone="neutral">{share} %</Badge>
      <span className="ml-auto flex items-center gap-2 text-muted-foreground text-xs">
        Weight
        <Select
          aria-label={`Weight of version ${name}`}
          className="w-18"
          value={String(weight)}
          onValueChange={(value) => onWeight(Number(value))}
          options={options}
        />
        {onRemove && (
          <Button variant="ghost" size="icon-sm" aria-label={`Remove version ${name}`} onClick={onRemove}>
            <X />
          </Button>
        )}
      </span>
    </div>
  );
}

interface VersionProps {
  variant: number;
  value: Variant;
  share: number;
  content: TestStepProps["content"];
  tried: boolean;
  onChange: (next: Variant) => void;
  onRemove: () => void;
}

function Version({ variant, value, share, content, tried, onChange, onRemove }: VersionProps) {
  const channel = useChannels().data?.items.find(({ id }) => id === content.channelId);
  const { rows, onSearch } = useTemplateSearch(
    { status: "APPROVED", wabaId: channel?.wabaId },
    { enabled: channel !== undefined },
  );
  const { data: template } = useTemplate(value.templateId);
  const list = template && !rows.some(({ id }) => id === template.id) ? [template, ...rows] : rows;
  const slots = template?.slots ?? [];
  useFitting(value, template, onChange);
  return (
    <section aria-label={`Version ${variantName(variant)}`} className="flex flex-col gap-3 border-t pt-4">
      <VersionHead
        variant={variant}
        share={share}
        weight={value.weight}
        onWeight={(weight) => onChange({ ...value, weight })}
        onRemove={onRemove}
      />
      <Field label="Template">
        <Combobox
          placeholder="Choose a template"
          search="Search templates"
          onSearch={onSearch}
          value={value.templateId}
          onValueChange={(templateId) => onChange({ ...value, templateId, mapping: [] })}
          options={list.map(({ id, name, language }) => ({
            value: id,
            label: name,
            hint: languageName(language),
          }))}
        />
      </Field>
      {slots.length > 0 && (
        <SlotFields
          slots={slots}
          mapping={value.mapping}
          onChange={(next) => onChange({ ...value, mapping: next })}
          tried={tried}
        />
      )}
    </section>
  );
}

/** Keeps a version's mapping in step with its template, with suggestions for what is new. */
function useFitting(value: Variant, template: TemplateDetail | undefined, onChange: (next: Variant) => void) {
  const fields = useFields().data?.items;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what to do with it means the same on every render
  useEffect(() => {
    if (!template || !fields || template.id !== value.templateId) return;
    const mapping = reconcile(value.mapping, template.slots ?? [], fields, template.body);
    if (!sameMapping(mapping, value.mapping)) onChange({ ...value, mapping });
  }, [template, fields, value.templateId, value.mapping]);
}
