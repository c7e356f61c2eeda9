import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { PasswordInput } from "@/features/auth/password-input";
import { required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useDisableTwoFactor } from "./api/disable-two-factor";
import { useRenewCodes } from "./api/renew-codes";
import { RecoveryCodes } from "./recovery-codes";

interface BothFactorsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What password and code are asked for. */
  purpose: "disable" | "codes";
}

const words = {
  disable: {
    title: "Turn off two-factor sign-in?",
    description: "Your password alone will be enough to sign in.",
    button: "Turn off",
  },
  codes: {
    title: "New recovery codes",
    description: "The codes you have stop working.",
    button: "Make new codes",
  },
};

const schema = z.object({ password: required("Enter your password."), code: required("Enter a code.") });

/** What weakens the second factor takes both factors. */
export function BothFactorsDialog({ open, onOpenChange, purpose }: BothFactorsDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && <Steps purpose={purpose} onClose={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function Steps({ purpose, onClose }: Omit<AskProps, "onCodes">) {
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} onDone={onClose} />;
  return <Ask purpose={purpose} onCodes={setCodes} onClose={onClose} />;
}

interface AskProps {
  purpose: BothFactorsDialogProps["purpose"];
  onCodes: (codes: string[]) => void;
  onClose: () => void;
}

function Ask({ purpose, onCodes, onClose }: AskProps) {
  const id = useId();
  const disable = useDisableTwoFactor();
  const renew = useRenewCodes();
  const form = useSchemaForm(schema, { password: "", code: "" });
  const { errors } = form.formState;
  const { title, description, button } = words[purpose];
  const submit = form.handleSubmit(async (values) => {
    const body = { ...values, code: values.code.replace(/\s/g, "") };
    if (purpose === "codes") {
      const reply = await submitTo(form, () => renew.mutateAsync({ body }));
      if (reply) onCodes(reply.recoveryCodes);
      return;
    }
    const done = await submitTo(form, () => disable.mutateAsync({ body }).then(() => true));
    if (!done) return;
    toast.success("Two-factor sign-in is off");
    onClose();
  });
  return (
    <DialogContent
      size="sm"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant={purpose === "disable" ? "destructive" : "primary"}
            loading={disable.isPending || renew.isPending}
          >
            {button}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Password" error={errors.password?.message}>
          <PasswordInput size="md" autoComplete="current-password" {...form.register("password")} />
        </Field>
        <Field label="Code" hint="From the app, or a recovery code" error={errors.code?.message}>
          <Input
            autoComplete="one-time-code"
            maxLength={32}
            className="font-mono"
            {...form.register("code")}
          />
        </Field>
        <ProblemAlert error={disable.error ?? renew.error} except={["password", "code"]} />
      </form>
    </DialogContent>
  );
}
