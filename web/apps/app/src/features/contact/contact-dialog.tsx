import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { submitTo } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useCreateContact } from "./api/create";
import { useCreateTag } from "./api/create-tag";
import { useEditContact } from "./api/edit";
import { useFields } from "./api/fields";
import type { Contact } from "./api/list";
import { consentNames, nameOf, type OptIn } from "./contact";
import { type ContactValues, changeOf, valuesOf } from "./contact-change";
import { FieldInput } from "./field-input";
import { useTagOptions } from "./tag-options";

interface ContactDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Changes this contact; without one, adds a new one. */
  contact?: Contact;
  onSaved?: (contact: Contact) => void;
}

/** Adds or changes a contact. */
export function ContactDialog({ open, onOpenChange, contact, onSaved }: ContactDialogProps) {
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={contact ? `Change ${nameOf(contact)}` : "New contact"}
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" loading={busy}>
              {contact ? "Save" : "Add contact"}
            </Button>
          </>
        }
      >
        <ContactForm
          id={formId}
          contact={contact}
          onBusy={setBusy}
          onSaved={(saved) => {
            onOpenChange(false);
            onSaved?.(saved);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

interface ContactFormProps {
  id: string;
  contact?: Contact;
  onBusy: (busy: boolean) => void;
  onSaved: (contact: Contact) => void;
}

const statesOf = (before?: OptIn) =>
  Object.entries(consentNames)
    .filter(([value]) => value !== "pending" || before === "pending")
    .map(([value, label]) => ({ value, label }));
const placed = ["phone", "name", "email", "locale"];

function ContactForm({ id, contact, onBusy, onSaved }: ContactFormProps) {
  const before = valuesOf(contact);
  const form = useForm<ContactValues>({ defaultValues: before });
  const [tags, setTags] = useState<string[]>([]);
  const create = useCreateContact();
  const edit = useEditContact();
  const once = useOnce();
  const { data: fields } = useFields();
  const { errors } = form.formState;
  const optIn = form.watch("optIn");

  const submit = form.handleSubmit(async (values) => {
    onBusy(true);
    const change = changeOf(before, values);
    const saved = await submitTo(form, () =>
      contact
        ? edit.mutateAsync({ params: { path: { id: contact.id } }, body: change })
        : save({ ...change, tags }),
    ).finally(() => onBusy(false));
    if (!saved) return;
    toast.success(contact ? "Contact saved" : "Contact added");
    onSaved(saved);
  });
  const save = (body: ReturnType<typeof changeOf> & { tags: string[] }) =>
    once(body, (header) => create.mutateAsync({ body, params: { header } }));

  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Phone" hint="With country code, or as dialled at home" error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" placeholder="+91 98450 11000" {...form.register("phone")} />
        </Field>
        <Field label="Name" error={errors.name?.message} optional>
          <Input autoComplete="off" dir="auto" {...form.register("name")} />
        </Field>
        <Field label="Email" error={errors.email?.message} optional>
          <Input type="email" autoComplete="off" {...form.register("email")} />
        </Field>
        <Field label="Language" hint="A code such as hi or en_GB" error={errors.locale?.message} optional>
          <Input autoComplete="off" maxLength={20} {...form.register("locale")} />
        </Field>
      </div>
      {!contact && <TagsField value={tags} onChange={setTags} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller
          control={form.control}
          name="optIn"
          render={({ field }) => (
            <Field label="Marketing messages">
              <Select
                options={statesOf(contact?.optIn.state)}
                value={field.value}
                onValueChange={field.onChange}
              />
            </Field>
          )}
        />
        {optIn !== "unknown" && (
          <Field label="Where it was said" optional>
            <Input placeholder="Website form, shop counter" maxLength={100} {...form.register("source")} />
          </Field>
        )}
        {optIn !== "unknown" && (
          <Field
            label="Proof"
            hint="The words, or where the proof is kept"
            optional
            className="sm:col-span-2"
          >
            <Input maxLength={500} dir="auto" {...form.register("evidence")} />
          </Field>
        )}
      </div>
      {fields && fields.items.length > 0 && (
        <fieldset className="flex flex-col gap-4 border-t pt-4">
          <legend className="sr-only">Your fields</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            {fields.items.map((known) => (
              <Controller
                key={known.key}
                control={form.control}
                name={`fields.${known.key}`}
                render={({ field, fieldState }) => (
                  <Field label={known.label} error={fieldState.error?.message} optional>
                    <FieldInput field={known} value={field.value ?? ""} onChange={field.onChange} />
                  </Field>
                )}
              />
            ))}
          </div>
        </fieldset>
      )}
      <ProblemAlert
        error={contact ? edit.error : create.error}
        except={[...placed, ...(fields?.items ?? []).map(({ key }) => `fields.${key}`)]}
      />
    </form>
  );
}

function TagsField({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { options } = useTagOptions();
  const createTag = useCreateTag();
  const make = (name: string) =>
    createTag.mutate(
      { body: { name, kind: "tag" } },
      {
        onSuccess: (tag) => onChange([...value, tag.id]),
        onError: (error) => toast.error("Could not make the tag", { description: error.detail }),
      },
    );
  return (
    <Field label="Tags and lists" optional>
      <MultiCombobox
        options={options}
        value={value}
        onValueChange={onChange}
        placeholder="Choose tags and lists"
        search="Search tags and lists"
        onCreate={make}
        createLabel={(text) => `Make the tag “${text}”`}
      />
    </Field>
  );
}
