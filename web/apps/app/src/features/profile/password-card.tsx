import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { z } from "zod/mini";
import { useMe } from "@/features/auth/api/me";
import { PasswordInput } from "@/features/auth/password-input";
import { newPassword, required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useChangePassword } from "./api/change-password";

const schema = z.object({ currentPassword: required("Enter your password of now."), password: newPassword });
const empty = { currentPassword: "", password: "" };

export function PasswordCard() {
  const { user } = useMe();
  const change = useChangePassword();
  const form = useSchemaForm(schema, empty);
  const { errors } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    if (!(await submitTo(form, () => change.mutateAsync({ body })))) return;
    toast.success("Password changed", { description: "You are signed out everywhere else." });
    form.reset(empty);
  });
  return (
    <Card>
      <form noValidate onSubmit={submit}>
        <CardHeader title="Password" description="A new one signs you out everywhere else" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <input type="email" autoComplete="username" value={user.email} readOnly hidden />
          <Field label="Password now" error={errors.currentPassword?.message}>
            <PasswordInput size="md" autoComplete="current-password" {...form.register("currentPassword")} />
          </Field>
          <Field label="New password" hint="At least 10 characters" error={errors.password?.message}>
            <PasswordInput size="md" autoComplete="new-password" {...form.register("password")} />
          </Field>
          <ProblemAlert
            error={change.error}
            except={["currentPassword", "password"]}
            className="sm:col-span-2"
          />
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={change.isPending}>
            Change password
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
