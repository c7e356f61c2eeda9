import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { useState } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useTwoFactor } from "./api/two-factor";
import { AuthPage, authLink } from "./auth-page";
import { required } from "./schema";

const schema = z.object({ code: required("Enter the code.") });

interface TwoFactorStepProps {
  challenge: string;
  onDone: () => void;
  onBack: () => void;
}

/** The second step of signing in: six digits from the app, or one of the recovery codes. */
export function TwoFactorStep({ challenge, onDone, onBack }: TwoFactorStepProps) {
  const twoFactor = useTwoFactor();
  const [recovery, setRecovery] = useState(false);
  const form = useSchemaForm(schema, { code: "" });

  const submit = form.handleSubmit(async ({ code }) => {
    const reply = await submitTo(form, () =>
      twoFactor.mutateAsync({ body: { challenge, code: code.replace(/\s/g, "") } }),
    );
    if (reply) onDone();
  });
  const change = () => {
    setRecovery(!recovery);
    form.reset();
    twoFactor.reset();
  };

  return (
    <AuthPage
      title="Two-factor code"
      description={
        recovery
          ? "Enter one of the recovery codes you saved"
          : "Open your authenticator app and enter the 6 digits"
      }
      footer={
        <button type="button" onClick={onBack} className={authLink}>
          Back to sign in
        </button>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field
          key={String(recovery)}
          label={recovery ? "Recovery code" : "Code"}
          error={form.formState.errors.code?.message}
        >
          <Input
            size="lg"
            autoFocus
            autoComplete="one-time-code"
            inputMode={recovery ? "text" : "numeric"}
            maxLength={recovery ? 32 : 7}
            placeholder={recovery ? undefined : "123456"}
            className={recovery ? "font-mono" : "font-mono tracking-[0.3em]"}
            {...form.register("code")}
          />
        </Field>
        <ProblemAlert error={twoFactor.error} except={["code"]} />
        <Button type="submit" variant="primary" size="lg" loading={twoFactor.isPending}>
          Continue
        </Button>
        <button type="button" onClick={change} className={`${authLink} self-start text-sm`}>
          {recovery ? "Use the authenticator app" : "Use a recovery code"}
        </button>
      </form>
    </AuthPage>
  );
}
