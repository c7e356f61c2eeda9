import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link, useNavigate } from "@tanstack/react-router";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useSignup } from "./api/signup";
import { AuthPage, authLink } from "./auth-page";
import { PasswordInput } from "./password-input";
import { email, newPassword, required } from "./schema";

const schema = z.object({
  name: required("Enter your name."),
  workspace: required("Enter your company's name."),
  email,
  password: newPassword,
});
const fields = ["name", "workspace", "email", "password"];

/** A new person with a new workspace, in one step. */
export function SignupScreen() {
  const navigate = useNavigate();
  const signup = useSignup();
  const form = useSchemaForm(schema, { name: "", workspace: "", email: "", password: "" });
  const { errors } = form.formState;

  const submit = form.handleSubmit(async (body) => {
    if (await submitTo(form, () => signup.mutateAsync({ body })))
      navigate({ to: "/verify", search: { sent: body.email } });
  });

  return (
    <AuthPage
      title="Create a workspace"
      description="Your team's place for WhatsApp campaigns"
      footer={
        <>
          Already have one?{" "}
          <Link to="/login" className={authLink}>
            Sign in
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Your name" error={errors.name?.message}>
          <Input size="lg" autoComplete="name" {...form.register("name")} />
        </Field>
        <Field label="Company" hint="The workspace carries this name" error={errors.workspace?.message}>
          <Input size="lg" autoComplete="organization" {...form.register("workspace")} />
        </Field>
        <Field label="Work email" error={errors.email?.message}>
          <Input
            size="lg"
            type="email"
            autoComplete="email"
            placeholder="you@company.com"
            {...form.register("email")}
          />
        </Field>
        <Field label="Password" hint="At least 10 characters" error={errors.password?.message}>
          <PasswordInput autoComplete="new-password" {...form.register("password")} />
        </Field>
        <ProblemAlert error={signup.error} except={fields} />
        <Button type="submit" variant="primary" size="lg" loading={signup.isPending} className="mt-1">
          Create workspace
        </Button>
      </form>
    </AuthPage>
  );
}
