import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import { SwitchField } from "@aerostic/ui/switch";
import type { Campaign } from "../api/campaigns";
import { RouteCard } from "./route-card";
import type { DraftContent } from "./steps";
import { VersionsCard } from "./versions-card";

export interface TestStepProps {
  campaign: Campaign;
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  settled: boolean;
  tried: boolean;
}

/** Versions on people drawn at random, a hold-out, and new attempts: all of it may be left out. */
export function TestStep(props: TestStepProps) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:items-start">
      <VersionsCard {...props} />
      <div className="flex flex-col gap-4">
        <HoldOutCard {...props} />
        <RetryCard {...props} />
        <RouteCard {...props} />
      </div>
    </div>
  );
}

const days = (most: number[]) =>
  most.map((n) => ({ value: String(n), label: n === 1 ? "1 day" : `${n} days` }));

function HoldOutCard({ content: { holdOut, windowDays }, change }: TestStepProps) {
  const on = holdOut > 0;
  return (
    <Card>
      <CardHeader
        title="Hold-out"
        description="A share of the audience gets nothing, to see what the campaign changes"
      />
      <CardBody className="flex flex-col gap-4">
        <SwitchField
          label="Hold some people out"
          hint="Chosen at random when the campaign starts"
          checked={on}
          onCheckedChange={(next) => change({ holdOut: next ? 10 : 0 })}
        />
        {on && (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Share">
              <Select
                value={String(holdOut)}
                onValueChange={(value) => change({ holdOut: Number(value) })}
                options={[1, 2, 5, 10, 20, 30, 50].map((n) => ({ value: String(n), label: `${n} %` }))}
              />
            </Field>
            <Field label="Count what they do for">
              <Select
                value={String(windowDays)}
                onValueChange={(value) => change({ windowDays: Number(value) })}
                options={days([1, 3, 7, 14, 30])}
              />
            </Field>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function RetryCard({ content: { retryDays }, change }: TestStepProps) {
  const on = retryDays > 0;
  return (
    <Card>
      <CardHeader
        title="Try again"
        description="For people whom WhatsApp held back or could not reach for a while"
      />
      <CardBody className="flex flex-col gap-4">
        <SwitchField
          label="Try failures again"
          hint="Only where waiting may help, with growing gaps; never twice at once, and only what arrives is charged"
          checked={on}
          onCheckedChange={(next) => change({ retryDays: next ? 3 : 0 })}
        />
        {on && (
          <Field label="Until" hint="Counted from the start">
            <Select
              value={String(retryDays)}
              onValueChange={(value) => change({ retryDays: Number(value) })}
              options={days([1, 2, 3, 5, 7])}
            />
          </Field>
        )}
      </CardBody>
    </Card>
  );
}
