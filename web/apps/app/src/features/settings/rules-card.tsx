import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { toast } from "@aerostic/ui/toast";
import { Controller } from "react-hook-form";
import { useFields } from "@/features/contact/api/fields";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useUpdateWorkspace } from "./api/update";
import type { Workspace } from "./api/workspace";
import { byPhone, patchOf, rulesOf, rulesSchema } from "./settings";

/** Quiet hours and the frequency cap: checked for every marketing message at the moment it would leave. */
export function RulesCard({ workspace, canWrite }: { workspace: Workspace; canWrite: boolean }) {
  const update = useUpdateWorkspace();
  const fields = useFields().data?.items;
  const form = useSchemaForm(rulesSchema, rulesOf(workspace));
  const { errors, isDirty } = form.formState;
  const quiet = form.watch("quiet");
  const capped = form.watch("capped");
  const submit = form.handleSubmit(async (rules) => {
    if (!(await submitTo(form, () => update.mutateAsync({ body: patchOf(rules) })))) return;
    toast.success("Sending rules saved");
    form.reset(rules);
  });
  return (
    <Card>
      <form noValidate onSubmit={submit}>
        <CardHeader
          title="Sending rules"
          description="For marketing messages of all campaigns together. Replies are never held back."
        />
        <CardBody>
          <fieldset disabled={!canWrite} className="flex flex-col gap-5">
            <legend className="sr-only">Sending rules</legend>
            <div className="flex flex-col gap-3">
              <Controller
                control={form.control}
                name="quiet"
                render={({ field }) => (
                  <CheckboxField
                    label="Quiet hours"
                    hint={`Nothing is sent in this time; it goes on afterwards. The workspace's clock is that of ${workspace.timezone}.`}
                    checked={field.value}
                    disabled={!canWrite}
                    onCheckedChange={(on) => field.onChange(on === true)}
                  />
                )}
              />
              {quiet && (
                <div className="grid max-w-md grid-cols-2 gap-4 pl-6.5">
                  <Field label="From">
                    <Input type="time" {...form.register("from")} />
                  </Field>
                  <Field label="Until" error={errors.to?.message}>
                    <Input type="time" {...form.register("to")} />
                  </Field>
                  <Controller
                    control={form.control}
                    name="whose"
                    render={({ field }) => (
                      <Field label="On whose clock" className="col-span-2">
                        <Select
                          options={[
                            { value: "workspace", label: "The workspace's" },
                            { value: "recipient", label: "Each person's own" },
                          ]}
                          value={field.value}
                          disabled={!canWrite}
                          onValueChange={field.onChange}
                        />
                      </Field>
                    )}
                  />
                </div>
              )}
            </div>
            <Controller
              control={form.control}
              name="zoneField"
              render={({ field }) => (
                <Field
                  label="A person's own time zone"
                  hint="A contact field that holds a zone such as Asia/Dubai. Who has none there is placed by their phone number."
                  className="max-w-md"
                >
                  <Select
                    options={[
                      { value: byPhone, label: "By the phone number" },
                      ...(fields ?? []).map(({ key, label }) => ({ value: key, label })),
                    ]}
                    value={field.value}
                    disabled={!canWrite}
                    onValueChange={field.onChange}
                  />
                </Field>
              )}
            />
            <div className="flex flex-col gap-3">
              <Controller
                control={form.control}
                name="capped"
                render={({ field }) => (
                  <CheckboxField
                    label="Frequency cap"
                    hint="Who had this many is left out, with that reason in the report."
                    checked={field.value}
                    disabled={!canWrite}
                    onCheckedChange={(on) => field.onChange(on === true)}
                  />
                )}
              />
              {capped && (
                <div className="grid max-w-md grid-cols-2 gap-4 pl-6.5">
                  <Field label="Messages per person" error={errors.messages?.message}>
                    <Input inputMode="numeric" {...form.register("messages")} />
                  </Field>
                  <Field label="In days" error={errors.days?.message}>
                    <Input inputMode="numeric" {...form.register("days")} />
                  </Field>
                </div>
              )}
            </div>
            <ProblemAlert error={update.error} />
          </fieldset>
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
