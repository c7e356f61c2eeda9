import { Button } from "@aerostic/ui/button";
import { CopyButton } from "@aerostic/ui/copy-button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { useEffect, useId, useRef, useState } from "react";
import { z } from "zod/mini";
import { required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useConfirmTwoFactor } from "./api/confirm-two-factor";
import { useStartTwoFactor } from "./api/start-two-factor";
import { RecoveryCodes } from "./recovery-codes";

/** Turns two-factor sign-in on: scan, enter a code, keep the recovery codes. */
export function SetupDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && <Steps onClose={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} onDone={onClose} />;
  return <Setup onCodes={setCodes} onCancel={onClose} />;
}

const schema = z.object({ code: required("Enter the code that the app shows.") });

function Setup({ onCodes, onCancel }: { onCodes: (codes: string[]) => void; onCancel: () => void }) {
  const id = useId();
  const { mutate, data: enrolment, error, reset } = useStartTwoFactor();
  const confirm = useConfirmTwoFactor();
  const form = useSchemaForm(schema, { code: "" });
  const asked = useRef(false);
  useEffect(() => {
    // React runs effects twice while developing; a second secret would replace the first.
    if (!asked.current) mutate({});
    asked.current = true;
  }, [mutate]);
  const again = () => {
    reset();
    mutate({});
  };
  const submit = form.handleSubmit(async ({ code }) => {
    const reply = await submitTo(form, () =>
      confirm.mutateAsync({ body: { code: code.replace(/\s/g, "") } }),
    );
    if (!reply) return;
    toast.success("Two-factor sign-in is on");
    onCodes(reply.recoveryCodes);
  });
  return (
    <DialogContent
      title="Turn on two-factor sign-in"
      description="Scan this with an authenticator app such as Google Authenticator, Aegis or 1Password."
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" loading={confirm.isPending} disabled={!enrolment}>
            Turn on
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <ProblemAlert error={error} onRetry={again} />
        <div className="flex items-center gap-5 max-sm:flex-col max-sm:items-stretch">
          {enrolment ? (
            <img
              src={enrolment.qr}
              alt="QR code for the authenticator app"
              className="size-44 rounded-lg border bg-white p-2 max-sm:mx-auto"
            />
          ) : (
            <Skeleton className="size-44 max-sm:mx-auto" />
          )}
          <div className="min-w-0 flex-1 text-sm">
            <p className="text-muted-foreground">Cannot scan? Type this key into the app instead:</p>
            {enrolment ? (
              <p className="mt-1.5 flex items-center gap-1">
                <code className="wrap-anywhere font-mono text-xs">{spaced(enrolment.secret)}</code>
                <CopyButton value={enrolment.secret} what="key" />
              </p>
            ) : (
              <Skeleton className="mt-2 w-3/4" />
            )}
          </div>
        </div>
        <Field
          label="Code"
          hint="The six digits the app shows now"
          error={form.formState.errors.code?.message}
        >
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            placeholder="123456"
            className="font-mono tracking-[0.3em]"
            {...form.register("code")}
          />
        </Field>
        <ProblemAlert error={confirm.error} except={["code"]} />
      </form>
    </DialogContent>
  );
}

function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
