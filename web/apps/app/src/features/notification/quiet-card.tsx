import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Checkbox, CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { SwitchField } from "@aerostic/ui/switch";
import { useId } from "react";
import { useMe } from "@/features/auth/api/me";
import type { Preferences } from "./api/preferences";

interface CardProps {
  preferences: Preferences;
  onChange: (part: Partial<Preferences>) => void;
}

type Quiet = NonNullable<Preferences["quiet"]>;

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const weekFromMonday = [1, 2, 3, 4, 5, 6, 0];
const night: Quiet = { days: weekFromMonday, from: 21 * 60, to: 8 * 60, urgent: true };

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Minutes of the day; undefined for what is no time. */
function minutesOf(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** Hours in which pushes and mails wait. */
export function QuietCard({ preferences, onChange }: CardProps) {
  const { tenant } = useMe();
  const quiet = preferences.quiet;
  const set = (part: Partial<Quiet>) => onChange({ quiet: { ...night, ...quiet, ...part } });
  const at = (part: "from" | "to") => (text: string) => {
    const minutes = minutesOf(text);
    if (minutes !== undefined && minutes !== quiet?.[part === "from" ? "to" : "from"])
      set({ [part]: minutes });
  };
  return (
    <Card>
      <CardHeader
        title="Quiet hours"
        description="Pushes and mails wait until they are over. The app shows everything."
      />
      <CardBody className="flex flex-col gap-4">
        <SwitchField
          label="Keep quiet hours"
          hint={`By the clock of ${preferences.zone ?? tenant.timezone}.`}
          checked={Boolean(quiet)}
          onCheckedChange={(on) => onChange({ quiet: on ? night : undefined })}
        />
        {quiet && (
          <>
            <div className="grid max-w-xs grid-cols-2 gap-4">
              <Field label="From">
                <Input
                  type="time"
                  value={clock(quiet.from)}
                  onChange={(event) => at("from")(event.target.value)}
                />
              </Field>
              <Field label="Until">
                <Input
                  type="time"
                  value={clock(quiet.to)}
                  onChange={(event) => at("to")(event.target.value)}
                />
              </Field>
            </div>
            <Days chosen={quiet.days ?? []} onChange={(chosen) => set({ days: chosen })} />
            <CheckboxField
              label="Let answers that are due or late pass"
              checked={quiet.urgent ?? false}
              onCheckedChange={(on) => set({ urgent: on === true })}
            />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Days({ chosen, onChange }: { chosen: number[]; onChange: (days: number[]) => void }) {
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-2 font-medium text-sm">On nights that begin on</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {weekFromMonday.map((day) => (
          <span key={day} className="flex items-center gap-2">
            <Checkbox
              id={`${id}-${day}`}
              checked={chosen.includes(day)}
              onCheckedChange={(on) =>
                onChange(on === true ? [...chosen, day] : chosen.filter((other) => other !== day))
              }
            />
            <label htmlFor={`${id}-${day}`} className="select-none text-sm">
              {days[day]}
            </label>
          </span>
        ))}
      </div>
    </fieldset>
  );
}
