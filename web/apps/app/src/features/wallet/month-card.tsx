import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatMoney } from "@aerostic/ui/lib/format";
import { Progress } from "@aerostic/ui/progress";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import type { Wallet } from "./api/balance";
import { CapDialog } from "./cap-dialog";

/** What the month has taken, of how much it may. */
export function MonthCard({ month }: { month: Wallet["month"] }) {
  const [open, setOpen] = useState(false);
  const maySet = useCan("settings.write");
  const { taken, cap } = month;
  const full = cap && taken.amount >= cap.amount;
  return (
    <Card>
      <CardHeader
        title="This month"
        description="What was spent or is held for messages on their way"
        action={
          maySet && <Button onClick={() => setOpen(true)}>{cap ? "Change cap" : "Set a monthly cap"}</Button>
        }
      />
      <CardBody className="flex flex-col gap-2 text-sm">
        <p>
          <span className="font-semibold">{formatMoney(taken)}</span>{" "}
          <span className="text-muted-foreground">
            {cap
              ? `of ${formatMoney(cap)}${full ? ": nothing more is sent this month" : ""}`
              : "without a cap"}
          </span>
        </p>
        {cap && <Progress label="Of the monthly cap" value={taken.amount} max={Math.max(1, cap.amount)} />}
      </CardBody>
      {open && <CapDialog month={month} onClose={() => setOpen(false)} />}
    </Card>
  );
}
