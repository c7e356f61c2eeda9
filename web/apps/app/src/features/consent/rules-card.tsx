import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Radio, RadioGroup } from "@aerostic/ui/radio";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import { useSaveConsentSettings } from "./api/save-settings";
import type { ConsentSettings } from "./api/settings";

/** What a STOP ends, what is answered, and what is listened for. */
export function RulesCard({ settings, canWrite }: { settings: ConsentSettings; canWrite: boolean }) {
  const [rules, setRules] = useState(settings);
  const save = useSaveConsentSettings();
  const set = (change: Partial<ConsentSettings>) => setRules({ ...rules, ...change });
  // The other cards save the rest; confirming opt-ins needs them.
  const { words, texts, confirming } = settings;
  const whole = { ...rules, words, texts, confirming, needsOptIn: rules.needsOptIn || confirming.on };
  const changed = JSON.stringify(whole) !== JSON.stringify(settings);
  const submit = () =>
    save.mutate(
      { body: whole },
      {
        onSuccess: (saved) => {
          setRules(saved);
          toast.success("Rules saved");
        },
      },
    );
  return (
    <Card>
      <CardHeader
        title="What happens"
        description="A reply by a person stays possible after STOP, while the conversation is open."
      />
      <CardBody>
        <fieldset disabled={!canWrite} className="flex flex-col gap-5">
          <legend className="sr-only">Rules</legend>
          <FieldGroup label="STOP ends">
            <RadioGroup
              value={rules.stopMeans}
              disabled={!canWrite}
              onValueChange={(value) => set({ stopMeans: value === "all" ? "all" : "marketing" })}
            >
              <Radio value="marketing" label="Marketing" hint="Order updates and replies still go" />
              <Radio value="all" label="Everything" hint="Nothing at all is sent, not even an answer" />
            </RadioGroup>
          </FieldGroup>
          <Field
            label="Answer to STOP"
            hint="Empty: none. Say how to come back, for example with START"
            optional
          >
            <Textarea
              dir="auto"
              maxLength={500}
              disabled={rules.stopMeans === "all"}
              placeholder="You get no more offers from us. Write START to get them again."
              value={rules.stopReply}
              onChange={(event) => set({ stopReply: event.target.value })}
            />
          </Field>
          <Field label="Answer to START" optional>
            <Textarea
              dir="auto"
              maxLength={500}
              placeholder="Welcome back! Write STOP at any time."
              value={rules.startReply}
              onChange={(event) => set({ startReply: event.target.value })}
            />
          </Field>
          <CheckboxField
            label="Understand requests in free text"
            hint="English, Hindi and Hinglish. What is certain stops marketing and can be undone; what is not waits for you to decide."
            checked={rules.listening}
            disabled={!canWrite}
            onCheckedChange={(on) => set({ listening: on === true })}
          />
          <CheckboxField
            label="Marketing only to people who opted in"
            hint={
              confirming.on
                ? "Goes with the confirmation of opt-ins."
                : "Without it, people who said nothing get marketing too."
            }
            checked={whole.needsOptIn}
            disabled={!canWrite || confirming.on}
            onCheckedChange={(on) => set({ needsOptIn: on === true })}
          />
          <ProblemAlert error={save.error} />
        </fieldset>
      </CardBody>
      {canWrite && (
        <CardFooter>
          <Button variant="primary" loading={save.isPending} disabled={!changed} onClick={submit}>
            Save rules
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}
