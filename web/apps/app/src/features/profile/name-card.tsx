import { Avatar } from "@aerostic/ui/avatar";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { z } from "zod/mini";
import { useMe } from "@/features/auth/api/me";
import { required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useRename } from "./api/rename";

const schema = z.object({ name: required("Enter your name.") });

export function NameCard() {
  const { user } = useMe();
  const rename = useRename();
  const form = useSchemaForm(schema, { name: user.name });
  const submit = form.handleSubmit(async (body) => {
    if (!(await submitTo(form, () => rename.mutateAsync({ body })))) return;
    toast.success("Name saved");
    form.reset(body);
  });
  return (
    <Card>
      <form noValidate onSubmit={submit}>
        <CardHeader
          title="You"
          description="Your team sees this name"
          action={<Avatar name={user.name} size="lg" />}
        />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={form.formState.errors.name?.message}>
            <Input autoComplete="name" dir="auto" {...form.register("name")} />
          </Field>
          <Field label="Email" hint="You sign in with it">
            <Input type="email" value={user.email} readOnly disabled />
          </Field>
          <ProblemAlert error={rename.error} except={["name"]} className="sm:col-span-2" />
        </CardBody>
        <CardFooter>
          <Button
            type="submit"
            variant="primary"
            loading={rename.isPending}
            disabled={!form.formState.isDirty}
          >
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
