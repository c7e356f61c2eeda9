import { Alert } from "@aerostic/ui/alert";
import { Field } from "@aerostic/ui/field";
import { formatPercent } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { useState } from "react";
import type { Campaign } from "../api/campaigns";
import { useSampleSize } from "../api/sample-size";
import { type Experiment, metrics } from "../experiment";

const rises = [1, 2, 3, 5, 10, 15].map((n) => ({ value: String(n / 100), label: `${n} points` }));

/** Whether the audience is large enough to show a difference worth having. */
export function SampleAdvice({
  campaign,
  experiment,
  settled,
}: {
  campaign: Campaign;
  experiment: Experiment;
  settled: boolean;
}) {
  const [effect, setEffect] = useState(0.05);
  const metric = experiment.winner?.metric ?? "read";
  const { data } = useSampleSize(campaign.id, campaign.updatedAt, metric, effect, settled);
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      <Field
        label="A difference worth finding"
        hint={data && `Beside ${formatPercent(data.baseline, 1, 1)} ${metrics[metric].usually}`}
        className="max-w-60"
      >
        <Select value={String(effect)} onValueChange={(value) => setEffect(Number(value))} options={rises} />
      </Field>
      {data && (
        <Alert
          tone={data.enough ? "info" : "warning"}
          title={data.enough ? "Enough people" : "Too few people to be sure"}
        >
          {data.words}
        </Alert>
      )}
    </div>
  );
}
