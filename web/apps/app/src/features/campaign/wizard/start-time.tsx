import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Clock, Globe, Repeat, Send } from "lucide-react";
import { useMe } from "@/features/auth/api/me";
import { fromWallClock, toWallClock } from "@/lib/zoned-time";
import { RepeatFields } from "./repeat-fields";
import { localProblem, type StartPlan } from "./start-plan";

interface StartTimeProps {
  plan: StartPlan;
  onChange: (plan: StartPlan) => void;
}

/** Now, at a time, at a time of everybody's own clock, or again and again. */
export function StartTime({ plan, onChange }: StartTimeProps) {
  return (
    <Card>
      <CardHeader title="Start" />
      <CardBody className="flex flex-col gap-4">
        <RadioGroup
          aria-label="Start"
          value={plan.when}
          onValueChange={(when) => onChange({ ...plan, when: when as StartPlan["when"] })}
          className="grid gap-3 sm:grid-cols-2"
        >
          <RadioCard value="now" icon={<Send />} label="Now" hint="The first message leaves within seconds" />
          <RadioCard value="later" icon={<Clock />} label="At a time" hint="It starts by itself" />
          <RadioCard
            value="local"
            icon={<Globe />}
            label="At everybody's own time"
            hint="10:00 wherever they are"
          />
          <RadioCard
            value="repeat"
            icon={<Repeat />}
            label="Again and again"
            hint="Every run is a campaign of its own"
          />
        </RadioGroup>
        {plan.when === "later" && <Later at={plan.at} onChange={(at) => onChange({ ...plan, at })} />}
        {plan.when === "local" && <Local at={plan.at} onChange={(at) => onChange({ ...plan, at })} />}
        {plan.when === "repeat" && (
          <RepeatFields form={plan.repeat} onChange={(repeat) => onChange({ ...plan, repeat })} />
        )}
      </CardBody>
    </Card>
  );
}

interface AtProps {
  at: string;
  onChange: (at: string) => void;
}

function Later({ at, onChange }: AtProps) {
  const { timezone } = useMe().tenant;
  const instant = fromWallClock(at, timezone);
  const past = instant !== undefined && instant.getTime() <= Date.now();
  return (
    <Field
      label="Date and time"
      hint={`On the workspace's clock, ${timezone.replaceAll("_", " ")}`}
      error={
        !instant ? "Choose a date and a time." : past ? "Choose a time that is still to come." : undefined
      }
    >
      <Input
        type="datetime-local"
        min={toWallClock(new Date(), timezone)}
        value={at}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function Local({ at, onChange }: AtProps) {
  return (
    <Field
      label="Date and time"
      hint="On each person's clock: by the contact field chosen in the settings, else by the country of their number. Who is past that time already gets it the next day."
      error={localProblem(at)}
    >
      <Input type="datetime-local" value={at} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
