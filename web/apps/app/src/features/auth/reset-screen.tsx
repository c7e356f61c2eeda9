import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useReset } from "./api/reset";
import { AuthPage, authLink } from "./auth-page";
import { PasswordInput } from "./password-input";
import { newPassword } from "./schema";

const schema = z.object({ password: newPassword });

/** The page behind the reset link of the mail. */
export function ResetScreen({ token }: { token: string }) {
  const reset = useReset();
  const form = useSchemaForm(schema, { password: "" });
  const submit = form.handleSubmit(({ password }) =>
    submitTo(form, () => reset.mutateAsync({ body: { token, password } })),
  );

  if (reset.isSuccess) {
    return (
      <AuthPage title="Password changed" description="Every other session was signed out.">
        <Button asChild variant="primary" size="lg" className="w-full">
          <Link to="/login">Sign in</Link>
        </Button>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title="Set a new password"
      description="It replaces the old one everywhere"
      footer={
        <Link to="/forgot" className={authLink}>
          Send a new link
        </Link>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field
          label="New password"
          hint="At least 10 characters"
          error={form.formState.errors.password?.message}
        >
          <PasswordInput autoComplete="new-password" {...form.register("password")} />
        </Field>
        <ProblemAlert error={reset.error} except={["password"]} />
        <Button type="submit" variant="primary" size="lg" loading={reset.isPending}>
          Change password
        </Button>
      </form>
    </AuthPage>
  );
}
