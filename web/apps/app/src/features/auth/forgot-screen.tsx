import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useForgot } from "./api/forgot";
import { AuthPage, authLink } from "./auth-page";
import { email } from "./schema";

const schema = z.object({ email });

const backToLogin = (
  <Link to="/login" className={authLink}>
    Back to sign in
  </Link>
);

/** Asks for a reset link. Says the same for unknown addresses, so nobody learns who has an account. */
export function ForgotScreen() {
  const forgot = useForgot();
  const form = useSchemaForm(schema, { email: "" });
  const submit = form.handleSubmit((body) => submitTo(form, () => forgot.mutateAsync({ body })));

  if (forgot.isSuccess) {
    return (
      <AuthPage title="Check your mail" footer={backToLogin}>
        <Alert tone="success" title={`If ${form.getValues("email")} has an account, a link is on its way.`}>
          It works for one hour. Look in the spam folder too.
        </Alert>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title="Forgot your password?"
      description="We send you a link to set a new one"
      footer={backToLogin}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label="Work email" error={form.formState.errors.email?.message}>
          <Input
            size="lg"
            type="email"
            autoComplete="username"
            placeholder="you@company.com"
            {...form.register("email")}
          />
        </Field>
        <ProblemAlert error={forgot.error} except={["email"]} />
        <Button type="submit" variant="primary" size="lg" loading={forgot.isPending}>
          Send the link
        </Button>
      </form>
    </AuthPage>
  );
}
