import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { useState } from "react";
import { amountText } from "@/features/wallet/amount-dialog";

interface BudgetFieldProps {
  cap: number | undefined;
  onChange: (cap: number | undefined) => void;
}

/** The most the campaign may cost. */
export function BudgetField({ cap, onChange }: BudgetFieldProps) {
  const [text, setText] = useState(amountText(cap));
  const wrong = text.trim() !== "" && parseMoney(text) === undefined;
  return (
    <Card>
      <CardHeader title="Budget" description="Sending pauses before it would cost more" />
      <CardBody>
        <Field label="At most" optional error={wrong ? "Enter an amount such as 2,500.00" : undefined}>
          <Input
            inputMode="decimal"
            prefix="₹"
            placeholder="No cap"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              const amount = parseMoney(event.target.value);
              if (amount !== undefined) onChange(amount || undefined);
              else if (event.target.value.trim() === "") onChange(undefined);
            }}
          />
        </Field>
      </CardBody>
    </Card>
  );
}
