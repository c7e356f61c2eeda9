import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { toast } from "@aerostic/ui/toast";
import { type FormEvent, useId, useState } from "react";
import { useOnce } from "@/lib/use-once";
import { useCreateField } from "./api/create-field";
import { useEditField } from "./api/edit-field";
import type { ContactField } from "./api/fields";
import { type FieldForm, type Tried, useTryField } from "./api/try-field";
import { type FieldType, typeNames } from "./field-value";
import { formOf, type Option, OptionsEditor, optionsOf } from "./options-editor";

const types = Object.entries(typeNames).map(([value, label]) => ({ value, label }));

/** Makes a field, or changes its name, type and options. */
export function FieldDialog({ field, onClose }: { field?: ContactField; onClose: () => void }) {
  const formId = useId();
  const [label, setLabel] = useState(field?.label ?? "");
  const [type, setType] = useState<FieldType>(field?.type ?? "text");
  const [options, setOptions] = useState<Option[]>(optionsOf(field?.options ?? []));
  const form = formOf(type, options);
  const changed = field !== undefined && !sameForm(field, form);
  const save = useSave(field, onClose);
  const trial = useTrial(field);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run(label.trim(), form, changed, trial.run);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={field ? `Change ${field.label}` : "New field"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" loading={save.pending || trial.pending}>
              {field ? "Save" : "Make the field"}
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Name" error={save.labelError}>
            <Input
              autoFocus
              autoComplete="off"
              dir="auto"
              maxLength={100}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          </Field>
          <Field
            label="Type"
            hint={
              field
                ? "Values are rewritten only when all of them fit"
                : "Whatever people type is checked against it"
            }
          >
            <Select
              options={types}
              value={type}
              onValueChange={(next) => setType(next as FieldType)}
              disabled={field?.becomes !== undefined}
            />
          </Field>
          {type === "choice" && <OptionsEditor value={options} onChange={setOptions} />}
          {changed && trial.found && <Outcome found={trial.found} />}
          <ProblemAlert error={save.error ?? trial.error} except={["label"]} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

function sameForm(field: ContactField, form: FieldForm): boolean {
  return (
    field.type === form.type &&
    JSON.stringify(field.options) === JSON.stringify(form.options ?? []) &&
    Object.keys(form.renamed ?? {}).length === 0
  );
}

function useTrial(field?: ContactField) {
  const attempt = useTryField();
  return {
    found: attempt.data,
    error: attempt.error,
    pending: attempt.isPending,
    /** Whether all values fit. */
    run: async (form: FieldForm) => {
      if (!field) return true;
      const found = await attempt.mutateAsync({ params: { path: { key: field.key } }, body: form });
      return found.misfits === 0;
    },
  };
}

function useSave(field: ContactField | undefined, onDone: () => void) {
  const create = useCreateField();
  const edit = useEditField();
  const once = useOnce();
  const error = field ? edit.error : create.error;
  const write = async (label: string, form: FieldForm, reform: boolean) => {
    if (!field) {
      const body = { label, type: form.type, options: form.options };
      return once(body, (header) => create.mutateAsync({ body, params: { header } }));
    }
    return edit.mutateAsync({
      params: { path: { key: field.key } },
      body: { label, ...(reform && { form }) },
    });
  };
  return {
    error,
    labelError: error?.errors?.find(({ location }) => location === "body.label")?.message,
    pending: create.isPending || edit.isPending,
    run: async (
      label: string,
      form: FieldForm,
      reform: boolean,
      fits: (form: FieldForm) => Promise<boolean>,
    ) => {
      try {
        if (reform && !(await fits(form))) return;
        const saved = await write(label, form, reform);
        toast.success(field ? "Field saved" : `${saved.label} made`, {
          description: saved.becomes && "Its values are being rewritten.",
        });
        onDone();
      } catch {
        // Shown in the dialog.
      }
    },
  };
}

function Outcome({ found }: { found: Tried }) {
  if (found.misfits === 0) return null;
  return (
    <Alert
      tone="warning"
      title={`${formatNumber(found.misfits)} of ${formatCount(found.values, "value")} do not fit`}
    >
      Mend or remove them first. Some of them:
      <ul className="mt-1 flex flex-wrap gap-1">
        {(found.examples ?? []).map((text) => (
          <li key={text} className="max-w-full truncate rounded-sm border bg-card px-1.5 text-xs" dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
