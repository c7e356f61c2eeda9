import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import { SwitchField } from "@aerostic/ui/switch";
import { type Experiment, metrics, type WinnerRule } from "../experiment";

const usual: WinnerRule = { metric: "read", testPercent: 20, afterMinutes: 4 * 60 };

const waits = [
  { value: "30", label: "30 minutes" },
  { value: "60", label: "1 hour" },
  { value: "240", label: "4 hours" },
  { value: "720", label: "12 hours" },
  { value: "1440", label: "1 day" },
  { value: "2880", label: "2 days" },
];

/** Test on some first, then send the better version to the rest. */
export function WinnerFields({
  experiment,
  onChange,
}: {
  experiment: Experiment;
  onChange: (next: Experiment) => void;
}) {
  const { winner } = experiment;
  const set = (part: Partial<WinnerRule>) =>
    onChange({ ...experiment, winner: { ...usual, ...winner, ...part } });
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <SwitchField
        label="Send the winner to the rest"
        hint="Some people test the versions; everybody else waits and gets the better one"
        checked={winner !== undefined}
        onCheckedChange={(on) => onChange({ ...experiment, winner: on ? usual : undefined })}
      />
      {winner && (
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="People in the test">
            <Select
              value={String(winner.testPercent)}
              onValueChange={(value) => set({ testPercent: Number(value) })}
              options={[5, 10, 20, 30, 50].map((n) => ({ value: String(n), label: `${n} %` }))}
            />
          </Field>
          <Field label="Better means more">
            <Select
              value={winner.metric}
              onValueChange={(metric) => set({ metric: metric as WinnerRule["metric"] })}
              options={Object.entries(metrics).map(([value, { label }]) => ({ value, label }))}
            />
          </Field>
          <Field label="Decide after">
            <Select
              value={String(winner.afterMinutes)}
              onValueChange={(value) => set({ afterMinutes: Number(value) })}
              options={waits}
            />
          </Field>
        </div>
      )}
    </div>
  );
}
