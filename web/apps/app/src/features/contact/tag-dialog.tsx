import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { List, Tag as TagIcon } from "lucide-react";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useCreateTag } from "./api/create-tag";
import { useRenameTag } from "./api/rename-tag";
import type { Tag } from "./api/tags";

interface TagDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Renames this one; without it, makes a new one. */
  tag?: Tag;
}

/** Makes a tag or list, or renames one. */
export function TagDialog({ open, onOpenChange, tag }: TagDialogProps) {
  const formId = useId();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="sm"
        title={tag ? `Rename ${tag.name}` : "New tag or list"}
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary">
              {tag ? "Rename" : "Make"}
            </Button>
          </>
        }
      >
        <TagForm id={formId} tag={tag} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(100)),
});

function TagForm({ id, tag, onDone }: { id: string; tag?: Tag; onDone: () => void }) {
  const form = useSchemaForm(schema, { name: tag?.name ?? "" });
  const [kind, setKind] = useState<"tag" | "list">("tag");
  const create = useCreateTag();
  const rename = useRenameTag();
  const once = useOnce();
  const submit = form.handleSubmit(async ({ name }) => {
    const body = { name, kind };
    const saved = await submitTo(form, () =>
      tag
        ? rename.mutateAsync({ params: { path: { id: tag.id } }, body: { name } })
        : once(body, (header) => create.mutateAsync({ body, params: { header } })),
    );
    if (!saved) return;
    toast.success(tag ? "Renamed" : `${saved.name} made`);
    onDone();
  });
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={form.formState.errors.name?.message}>
        <Input autoFocus autoComplete="off" dir="auto" {...form.register("name")} />
      </Field>
      {!tag && (
        <FieldGroup label="Kind">
          <RadioGroup value={kind} onValueChange={(next) => setKind(next as typeof kind)}>
            <RadioCard
              value="tag"
              label="Tag"
              hint="Says something about people: VIP, Pune"
              icon={<TagIcon />}
            />
            <RadioCard value="list" label="List" hint="People to send to: Diwali guests" icon={<List />} />
          </RadioGroup>
        </FieldGroup>
      )}
      <ProblemAlert error={tag ? rename.error : create.error} except={["name"]} />
    </form>
  );
}
