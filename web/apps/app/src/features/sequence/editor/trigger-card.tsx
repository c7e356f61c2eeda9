import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Select } from "@aerostic/ui/select";
import { Milestone, UserPlus, Zap } from "lucide-react";
import { useStages } from "@/features/contact/api/stages";
import type { Definition } from "../api/sequence";
import { entryTexts } from "../sequence";

interface TriggerCardProps {
  definition: Definition;
  change: (part: Partial<Definition>) => void;
}

const entryHints: Record<Definition["entry"], string> = {
  every: "Each order, each booking",
  alone: "Again once they have left or finished",
  once: "A welcome, for example",
};

/** What brings people in, and how often. */
export function TriggerCard({ definition: { trigger, entry }, change }: TriggerCardProps) {
  const stages = useStages().data?.items ?? [];
  const set = (part: Partial<Definition["trigger"]>) => change({ trigger: { ...trigger, ...part } });
  const known = /^[a-z][a-z0-9_.]{0,59}$/.test(trigger.event ?? "");
  return (
    <Card>
      <CardHeader title="Who comes in" />
      <CardBody className="flex flex-col gap-4">
        <RadioGroup
          aria-label="What brings people in"
          value={trigger.kind}
          onValueChange={(kind) => set({ kind: kind as Definition["trigger"]["kind"] })}
          className="grid gap-3 sm:grid-cols-3"
        >
          <RadioCard
            value="people"
            icon={<UserPlus />}
            label="People you let in"
            hint="A segment, a tag, everyone"
          />
          <RadioCard value="stage" icon={<Milestone />} label="A stage" hint="Whoever comes into it" />
          <RadioCard
            value="event"
            icon={<Zap />}
            label="An event"
            hint="Told by your shop, with its values"
          />
        </RadioGroup>
        {trigger.kind === "stage" && (
          <Field label="Stage" className="max-w-sm">
            <Select
              placeholder="Choose a stage"
              value={trigger.stageId}
              onValueChange={(stageId) => set({ stageId })}
              options={stages.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        )}
        {trigger.kind === "event" && (
          <Field
            label="Event"
            className="max-w-sm"
            hint="Your shop names it so: order.paid, cart.left"
            error={
              trigger.event && !known
                ? "Small letters, digits, dots and underscores; a letter first."
                : undefined
            }
          >
            <Input
              value={trigger.event ?? ""}
              placeholder="order.paid"
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ event: event.target.value.trim() || undefined })}
            />
          </Field>
        )}
        <FieldGroup label="How often the same person">
          <RadioGroup
            aria-label="How often the same person"
            value={entry}
            onValueChange={(next) => change({ entry: next as Definition["entry"] })}
            className="grid gap-3 sm:grid-cols-3"
          >
            {(["every", "alone", "once"] as const).map((value) => (
              <RadioCard key={value} value={value} label={entryTexts[value]} hint={entryHints[value]} />
            ))}
          </RadioGroup>
        </FieldGroup>
      </CardBody>
    </Card>
  );
}
