import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatMoney, parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import type { TenantSummary } from "./api/tenants";
import { useTopUp } from "./api/topup";

const schema = z.object({
  amount: z
    .string()
    .check(
      z.refine((text) => (parseMoney(text) ?? 0) > 0, { error: "Enter an amount such as 5,000 or 499.50." }),
    ),
  reason: required("Say what it is for; the workspace reads it too."),
});

/** Adds money to a workspace's wallet. Open while there is one. */
export function TopUpDialog({ tenant, onClose }: { tenant?: TenantSummary; onClose: () => void }) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={tenant !== undefined} onOpenChange={(open) => !open && onClose()}>
      {tenant && (
        <DialogContent
          size="sm"
          title={`Add money to ${tenant.name}`}
          description="It can be spent at once. Amount, reason and your name stay in the statement for good."
          footer={
            <>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" form={id} variant="primary" loading={busy}>
                Add money
              </Button>
            </>
          }
        >
          <TopUpForm id={id} tenant={tenant} onBusy={setBusy} onDone={onClose} />
        </DialogContent>
      )}
    </Dialog>
  );
}

interface TopUpFormProps {
  id: string;
  tenant: TenantSummary;
  onBusy: (busy: boolean) => void;
  onDone: () => void;
}

function TopUpForm({ id, tenant, onBusy, onDone }: TopUpFormProps) {
  const form = useSchemaForm(schema, { amount: "", reason: "" });
  const topUp = useTopUp();
  const once = useOnce();
  const { errors } = form.formState;
  const typed = parseMoney(form.watch("amount"));
  const submit = form.handleSubmit(async ({ amount, reason }) => {
    const body = { amount: parseMoney(amount) ?? 0, currency: tenant.currency, reason };
    onBusy(true);
    const done = await submitTo(form, () =>
      once({ ...body, id: tenant.id }, (header) =>
        topUp.mutateAsync({ params: { path: { id: tenant.id }, header }, body }),
      ),
    ).finally(() => onBusy(false));
    if (!done) return;
    toast.success(`${formatMoney(done.amount)} added to ${tenant.name}`);
    onDone();
  });
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={`Amount in ${tenant.currency}`}
        hint={typed ? formatMoney({ amount: typed, currency: tenant.currency }) : "Such as 5,000 or 499.50"}
        error={errors.amount?.message}
      >
        <Input autoFocus inputMode="decimal" autoComplete="off" {...form.register("amount")} />
      </Field>
      <Field label="Reason" hint="For the books: an invoice, a bank transfer" error={errors.reason?.message}>
        <Input autoComplete="off" maxLength={500} dir="auto" {...form.register("reason")} />
      </Field>
      <ProblemAlert error={topUp.error} except={["amount", "reason"]} />
    </form>
  );
}
