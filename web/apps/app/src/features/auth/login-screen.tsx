import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useLogin } from "./api/login";
import { AuthPage, authLink } from "./auth-page";
import { PasswordInput } from "./password-input";
import { email, required } from "./schema";
import { TwoFactorStep } from "./two-factor-step";

const schema = z.object({ email, password: required("Enter your password.") });

/** Sign-in, with the second step when the account asks for one. `next` is a path of this app. */
export function LoginScreen({ next }: { next?: string }) {
  const router = useRouter();
  const login = useLogin();
  const [challenge, setChallenge] = useState<string>();
  const form = useSchemaForm(schema, { email: "", password: "" });
  const { errors } = form.formState;
  const enter = () => router.history.push(next ?? "/overview");

  const submit = form.handleSubmit(async (body) => {
    const reply = await submitTo(form, () => login.mutateAsync({ body }));
    if (!reply) return;
    if (reply.challenge) setChallenge(reply.challenge);
    else enter();
  });

  if (challenge)
    return <TwoFactorStep challenge={challenge} onDone={enter} onBack={() => setChallenge(undefined)} />;
  return (
    <AuthPage
      title="Welcome back"
      description="Sign in to your workspace"
      footer={
        <>
          New here?{" "}
          <Link to="/signup" className={authLink}>
            Create a workspace
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label="Work email" error={errors.email?.message}>
          <Input
            size="lg"
            type="email"
            autoComplete="username"
            placeholder="you@company.com"
            {...form.register("email")}
          />
        </Field>
        <Field
          label="Password"
          error={errors.password?.message}
          action={
            <Link
              to="/forgot"
              className="rounded-xs text-primary outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
            >
              Forgot password?
            </Link>
          }
        >
          <PasswordInput autoComplete="current-password" {...form.register("password")} />
        </Field>
        <ProblemAlert error={login.error} except={["email", "password"]} />
        <Button type="submit" variant="primary" size="lg" loading={login.isPending}>
          Sign in
        </Button>
      </form>
    </AuthPage>
  );
}
