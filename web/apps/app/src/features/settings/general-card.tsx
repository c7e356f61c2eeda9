import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useMemo } from "react";
import { Controller } from "react-hook-form";
import { z } from "zod/mini";
import { required } from "@/features/auth/schema";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useUpdateWorkspace } from "./api/update";
import type { Workspace } from "./api/workspace";
import { zoneOptions } from "./settings";

const schema = z.object({ name: required("Enter a name."), timezone: z.string() });

/** Name, time zone, and what cannot be changed. */
export function GeneralCard({ workspace, canWrite }: { workspace: Workspace; canWrite: boolean }) {
  const update = useUpdateWorkspace();
  const form = useSchemaForm(schema, { name: workspace.name, timezone: workspace.timezone });
  const zones = useMemo(() => zoneOptions(), []);
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    if (!(await submitTo(form, () => update.mutateAsync({ body })))) return;
    toast.success("Settings saved");
    form.reset(body);
  });
  return (
    <Card>
      <form noValidate onSubmit={submit}>
        <CardHeader title="Workspace" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            <Input disabled={!canWrite} maxLength={80} dir="auto" {...form.register("name")} />
          </Field>
          <Controller
            control={form.control}
            name="timezone"
            render={({ field }) => (
              <Field
                label="Time zone"
                hint="Of dates, quiet hours and daily figures"
                error={errors.timezone?.message}
              >
                <Combobox
                  disabled={!canWrite}
                  options={zones}
                  value={field.value}
                  onValueChange={field.onChange}
                  placeholder={field.value}
                  search="Search cities"
                />
              </Field>
            )}
          />
          <Field label="Address" hint="The first part of the workspace's own address">
            <Input value={workspace.slug} disabled readOnly />
          </Field>
          <Field label="Currency" hint={`Country ${workspace.country}; fixed when the workspace was made`}>
            <Input value={workspace.currency} disabled readOnly />
          </Field>
          <ProblemAlert error={update.error} except={["name", "timezone"]} className="sm:col-span-2" />
        </CardBody>
        {canWrite && (
          <CardFooter>
            <Button type="submit" variant="primary" loading={update.isPending} disabled={!isDirty}>
              Save
            </Button>
          </CardFooter>
        )}
      </form>
    </Card>
  );
}
