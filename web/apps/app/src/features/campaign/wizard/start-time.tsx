import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Clock, Send } from "lucide-react";
import { useMe } from "@/features/auth/api/me";
import { fromWallClock, toWallClock } from "@/lib/zoned-time";

interface StartTimeProps {
  /** A time of the workspace's clock; undefined starts now. */
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}

/** Now, or at a time of the workspace's own clock. */
export function StartTime({ at, onChange }: StartTimeProps) {
  const { timezone } = useMe().tenant;
  const later = at !== undefined;
  const instant = later ? fromWallClock(at, timezone) : undefined;
  const past = instant !== undefined && instant.getTime() <= Date.now();
  const now = toWallClock(new Date(), timezone);
  return (
    <Card>
      <CardHeader title="Start" />
      <CardBody className="flex flex-col gap-3">
        <RadioGroup
          aria-label="Start"
          value={later ? "later" : "now"}
          onValueChange={(next) => onChange(next === "later" ? tomorrowMorning(timezone) : undefined)}
          className="grid gap-3 sm:grid-cols-2"
        >
          <RadioCard value="now" icon={<Send />} label="Now" hint="The first message leaves within seconds" />
          <RadioCard value="later" icon={<Clock />} label="At a time" hint="It starts by itself" />
        </RadioGroup>
        {later && (
          <Field
            label="Date and time"
            hint={`On the workspace's clock, ${timezone.replaceAll("_", " ")}`}
            error={
              !instant
                ? "Choose a date and a time."
                : past
                  ? "Choose a time that is still to come."
                  : undefined
            }
          >
            <Input
              type="datetime-local"
              min={now}
              value={at}
              onChange={(event) => onChange(event.target.value)}
            />
          </Field>
        )}
      </CardBody>
    </Card>
  );
}

function tomorrowMorning(timezone: string): string {
  const tomorrow = new Date(Date.now() + 86_400_000);
  return `${toWallClock(tomorrow, timezone).slice(0, 10)}T10:00`;
}
