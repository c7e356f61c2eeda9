import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Select } from "@aerostic/ui/select";
import { RepeatPreview } from "./repeat-preview";
import { frequencies, type MonthDay, type RepeatForm, repeatOf, repeatProblem, weekdays } from "./start-plan";

interface RepeatFieldsProps {
  form: RepeatForm;
  onChange: (form: RepeatForm) => void;
}

const holidays: { value: RepeatForm["holidays"]; label: string }[] = [
  { value: "skip", label: "Skip it" },
  { value: "after", label: "Run the day after" },
  { value: "before", label: "Run the day before" },
  { value: "run", label: "Run all the same" },
];

/** How a campaign repeats, and below it in words and dates what that means. */
export function RepeatFields({ form, onChange }: RepeatFieldsProps) {
  const set = (part: Partial<RepeatForm>) => onChange({ ...form, ...part });
  const problem = repeatProblem(form);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="grid grid-cols-[5rem_1fr] gap-2">
          <Field label="Every">
            <Input
              inputMode="numeric"
              value={form.interval}
              onChange={(event) => set({ interval: event.target.value })}
            />
          </Field>
          <Field label="Unit">
            <Select
              options={frequencies.map(({ value, label, many }) => ({
                value,
                label: Number(form.interval) > 1 ? many : label.toLowerCase(),
              }))}
              value={form.frequency}
              onValueChange={(frequency) => set({ frequency: frequency as RepeatForm["frequency"] })}
            />
          </Field>
        </div>
        <Field label="At">
          <Input type="time" value={form.time} onChange={(event) => set({ time: event.target.value })} />
        </Field>
      </div>
      {form.frequency === "WEEKLY" && <Weekdays form={form} set={set} />}
      {form.frequency === "MONTHLY" && (
        <Field label="On">
          <Select
            options={[
              { value: "date", label: "The date of the first day" },
              { value: "weekday", label: "The weekday of the first day" },
              { value: "last", label: "The last day of the month" },
            ]}
            value={form.monthDay}
            onValueChange={(monthDay) => set({ monthDay: monthDay as MonthDay })}
          />
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First day">
          <Input
            type="date"
            value={form.startsOn}
            onChange={(event) => set({ startsOn: event.target.value })}
          />
        </Field>
        <Field label="Last day" optional>
          <Input
            type="date"
            min={form.startsOn}
            value={form.until}
            onChange={(event) => set({ until: event.target.value })}
          />
        </Field>
        <Field label="On a holiday" hint="Holidays are in the settings">
          <Select
            options={holidays}
            value={form.holidays}
            onValueChange={(value) => set({ holidays: value as RepeatForm["holidays"] })}
          />
        </Field>
        <Field label="When a run was missed" hint="After an outage; later than that it is skipped and shown">
          <Select
            options={[0, 1, 3, 6, 12, 23].map((hours) => ({
              value: String(hours),
              label:
                hours === 0 ? "Skip it" : `Make up for it within ${hours} ${hours === 1 ? "hour" : "hours"}`,
            }))}
            value={form.lateHours}
            onValueChange={(lateHours) => set({ lateHours })}
          />
        </Field>
      </div>
      <CheckboxField
        label="At that time of everybody's own clock"
        hint="Each run then begins where the day begins first"
        checked={form.local}
        onCheckedChange={(on) => set({ local: on === true })}
      />
      {problem ? (
        <p role="alert" className="text-destructive text-xs">
          {problem}
        </p>
      ) : (
        <RepeatPreview repeat={repeatOf(form)} />
      )}
    </div>
  );
}

function Weekdays({ form, set }: { form: RepeatForm; set: (part: Partial<RepeatForm>) => void }) {
  return (
    <FieldGroup label="On these days">
      <div className="flex flex-wrap gap-1.5">
        {weekdays.map(({ id, short, long }) => (
          <label
            key={id}
            className="flex h-8 min-w-11 cursor-pointer items-center justify-center rounded-md border px-2 text-sm transition-colors hover:bg-muted has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:ring-2 has-focus-visible:ring-ring max-sm:h-10"
          >
            <input
              type="checkbox"
              className="sr-only"
              aria-label={long}
              checked={form.days.includes(id)}
              onChange={(event) =>
                set({
                  days: event.target.checked ? [...form.days, id] : form.days.filter((day) => day !== id),
                })
              }
            />
            {short}
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
