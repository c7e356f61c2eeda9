import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { type FormEvent, useState } from "react";
import { amountText } from "@/features/wallet/amount-dialog";
import { useUpdateWorkspace } from "./api/update";
import type { Workspace } from "./api/workspace";

/** The cost above which a campaign needs a second person. */
export function ApprovalCard({ workspace, canWrite }: { workspace: Workspace; canWrite: boolean }) {
  const update = useUpdateWorkspace();
  const kept = amountText(workspace.approvalAbove);
  const [text, setText] = useState(kept);
  const amount = text.trim() === "" ? 0 : parseMoney(text);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (amount === undefined) return;
    const saved = await update.mutateAsync({ body: { approvalAbove: amount } }).catch(() => undefined);
    if (saved) toast.success(amount > 0 ? "Approval needed above that" : "No approvals needed");
  };
  return (
    <Card>
      <form noValidate onSubmit={save}>
        <CardHeader
          title="Approval"
          description="A campaign that may cost more waits until a second person, an owner or admin, agrees."
        />
        <CardBody className="flex flex-col gap-4">
          <Field
            label="Approval above"
            hint="Leave it empty when one person may start anything"
            error={amount === undefined ? "Enter an amount such as 25,000.00" : undefined}
            className="max-w-md"
          >
            <Input
              inputMode="decimal"
              prefix="₹"
              disabled={!canWrite}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <ProblemAlert error={update.error} />
        </CardBody>
        {canWrite && (
          <CardFooter>
            <Button
              type="submit"
              variant="primary"
              loading={update.isPending}
              disabled={text === kept || amount === undefined}
            >
              Save
            </Button>
          </CardFooter>
        )}
      </form>
    </Card>
  );
}
