import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useId, useMemo, useState } from "react";
import { z } from "zod/mini";
import { useTemplateSearch } from "@/features/template/api/search";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useAddTopic } from "./api/add-topic";
import { useEditTopic } from "./api/edit-topic";
import type { Topic } from "./api/topics";

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(60)),
  nameHi: z.string().check(z.trim(), z.maxLength(60)),
});

/** Makes a topic, or changes one. */
export function TopicDialog({ topic, onClose }: { topic?: Topic; onClose: () => void }) {
  const formId = useId();
  const form = useSchemaForm(schema, { name: topic?.name ?? "", nameHi: topic?.nameHi ?? "" });
  const [templates, setTemplates] = useState(topic?.templates ?? []);
  const add = useAddTopic();
  const edit = useEditTopic();
  const submit = form.handleSubmit(async (names) => {
    const body = { ...names, templates };
    const saved = await submitTo(form, () =>
      topic ? edit.mutateAsync({ params: { path: { id: topic.id } }, body }) : add.mutateAsync({ body }),
    );
    if (!saved) return;
    toast.success("Topic saved");
    onClose();
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="sm"
        title={topic ? `Change ${topic.name}` : "New topic"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" loading={add.isPending || edit.isPending}>
              Save
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Name" error={form.formState.errors.name?.message}>
            <Input autoFocus dir="auto" autoComplete="off" {...form.register("name")} />
          </Field>
          <Field label="Name in Hindi" hint="On the page in Hindi; the name itself when empty" optional>
            <Input lang="hi" dir="auto" autoComplete="off" {...form.register("nameHi")} />
          </Field>
          <Field
            label="Templates about it"
            hint="A campaign with one of these leaves out who refused the topic"
            optional
          >
            <TemplateNames value={templates} onValueChange={setTemplates} />
          </Field>
          <ProblemAlert error={add.error ?? edit.error} except={["name", "nameHi"]} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface TemplateNamesProps {
  value: string[];
  onValueChange: (value: string[]) => void;
  id?: string;
  "aria-describedby"?: string;
}

function TemplateNames({ value, onValueChange, ...aria }: TemplateNamesProps) {
  const { rows, onSearch } = useTemplateSearch({ category: "MARKETING" });
  const options = useMemo(() => {
    const names = new Set([...value, ...rows.map(({ name }) => name)]);
    return [...names].sort().map((name) => ({ value: name, label: name }));
  }, [rows, value]);
  return (
    <MultiCombobox
      {...aria}
      options={options}
      value={value}
      onValueChange={onValueChange}
      placeholder="Choose templates"
      search="Search templates"
      onSearch={onSearch}
    />
  );
}
