import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { useMe } from "@/features/auth/api/me";
import { email } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useInvite } from "./api/invite";
import type { Role } from "./api/members";
import { grantable } from "./role";

const schema = z.object({ email });

/** Invites somebody by mail. */
export function InviteDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const id = useId();
  const invite = useInvite();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Invite somebody"
        description="They get a mail with a link to join this workspace."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" form={id} variant="primary" loading={invite.isPending}>
              Send invitation
            </Button>
          </>
        }
      >
        <InviteForm id={id} invite={invite} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({
  id,
  invite,
  onDone,
}: {
  id: string;
  invite: ReturnType<typeof useInvite>;
  onDone: () => void;
}) {
  const { role: mine } = useMe();
  const form = useSchemaForm(schema, { email: "" });
  const [role, setRole] = useState<Role>("agent");
  const once = useOnce();
  const submit = form.handleSubmit(async (values) => {
    const body = { ...values, role };
    const sent = await submitTo(form, () =>
      once(body, (header) => invite.mutateAsync({ body, params: { header } })),
    );
    if (!sent) return;
    toast.success("Invitation sent", { description: sent.email });
    onDone();
  });
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Work email" error={form.formState.errors.email?.message}>
        <Input
          autoFocus
          type="email"
          autoComplete="off"
          placeholder="bob@company.com"
          {...form.register("email")}
        />
      </Field>
      <FieldGroup label="Role">
        <RadioGroup value={role} onValueChange={(next) => setRole(next as Role)}>
          {grantable(mine).map(({ value, label, hint }) => (
            <RadioCard key={value} value={value} label={label} hint={hint} />
          ))}
        </RadioGroup>
      </FieldGroup>
      <ProblemAlert error={invite.error} except={["email"]} />
    </form>
  );
}
