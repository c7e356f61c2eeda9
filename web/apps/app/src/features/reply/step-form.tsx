import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { Select } from "@aerostic/ui/select";
import { Textarea } from "@aerostic/ui/textarea";
import { useLabels } from "@/features/conversation/api/labels";
import { useClosingReasons } from "@/features/conversation/api/reasons";
import { useTeams } from "@/features/conversation/api/teams";
import { usePeople } from "@/features/desk/use-people";
import { useCannedReplies } from "./api/canned";
import type { Step } from "./api/macros";
import { Places } from "./places";
import { snoozes } from "./step";
import { TemplateStep } from "./template-step";

export interface StepFormProps {
  step: Step;
  set: (change: Partial<Step>) => void;
}

/** What a step needs beside its kind. */
export function StepForm(props: StepFormProps) {
  const { kind } = props.step;
  if (kind === "canned") return <CannedStep {...props} />;
  if (kind === "text" || kind === "note") return <TextStep {...props} />;
  if (kind === "template") return <TemplateStep {...props} />;
  if (kind === "assign") return <PersonStep {...props} />;
  if (kind === "team") return <TeamStep {...props} />;
  if (kind === "label" || kind === "unlabel") return <LabelsStep {...props} />;
  if (kind === "snooze") return <SnoozeStep {...props} />;
  if (kind === "resolve") return <ReasonStep {...props} />;
  return null;
}

function CannedStep({ step, set }: StepFormProps) {
  const { data } = useCannedReplies("", 200);
  const shared = (data?.pages ?? []).flatMap(({ items }) => items ?? []).filter(({ personal }) => !personal);
  return (
    <Field label="Canned reply">
      <Combobox
        search="Search canned replies"
        placeholder="Choose a canned reply"
        options={shared.map(({ id, name, shortcut }) => ({
          value: id,
          label: name,
          hint: shortcut && `/${shortcut}`,
        }))}
        value={step.cannedId}
        onValueChange={(cannedId) => set({ cannedId })}
      />
    </Field>
  );
}

function TextStep({ step, set }: StepFormProps) {
  const text = step.text ?? "";
  return (
    <>
      <Field label={step.kind === "note" ? "Private note" : "Text"}>
        <Textarea
          dir="auto"
          rows={3}
          maxLength={step.kind === "note" ? 4000 : 4096}
          value={text}
          onChange={(event) => set({ text: event.target.value })}
        />
      </Field>
      <Places onPick={(place) => set({ text: text + place })} />
    </>
  );
}

function PersonStep({ step, set }: StepFormProps) {
  const people = usePeople();
  return (
    <Field label="To">
      <Combobox
        search="Search people"
        options={[{ value: "me", label: "Whoever runs it" }, { value: "none", label: "Nobody" }, ...people]}
        value={step.to}
        onValueChange={(to) => set({ to })}
      />
    </Field>
  );
}

function TeamStep({ step, set }: StepFormProps) {
  const teams = useTeams().data?.items ?? [];
  return (
    <Field label="Team">
      <Select
        placeholder="Choose a team"
        options={[
          { value: "none", label: "No team" },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={step.to}
        onValueChange={(to) => set({ to })}
      />
    </Field>
  );
}

function LabelsStep({ step, set }: StepFormProps) {
  const labels = useLabels().data?.items ?? [];
  return (
    <Field label="Labels">
      <MultiCombobox
        search="Search labels"
        placeholder="Choose labels"
        options={labels.map(({ id, name }) => ({ value: id, label: name }))}
        value={step.labels ?? []}
        onValueChange={(next) => set({ labels: next })}
      />
    </Field>
  );
}

function SnoozeStep({ step, set }: StepFormProps) {
  return (
    <Field label="For">
      <Select
        options={snoozes}
        value={String(step.minutes)}
        onValueChange={(minutes) => set({ minutes: Number(minutes) })}
      />
    </Field>
  );
}

const none = "none";

function ReasonStep({ step, set }: StepFormProps) {
  const reasons = (useClosingReasons().data?.items ?? []).filter(({ archived }) => !archived);
  return (
    <Field label="Reason">
      <Select
        options={[
          { value: none, label: "No reason" },
          ...reasons.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={step.reasonId ?? none}
        onValueChange={(next) => set({ reasonId: next === none ? undefined : next })}
      />
    </Field>
  );
}
