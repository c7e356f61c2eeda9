import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useCreateStage } from "./api/create-stage";
import { useEditStage } from "./api/edit-stage";
import type { Stage } from "./api/stages";

type Tone = Stage["tone"];

const tones: { value: Tone; label: string }[] = [
  { value: "neutral", label: "Grey" },
  { value: "info", label: "Blue" },
  { value: "warning", label: "Amber" },
  { value: "success", label: "Green" },
  { value: "danger", label: "Red" },
];

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(60)),
});

/** Makes a stage, or renames and repaints one. */
export function StageDialog({ stage, onClose }: { stage?: Stage; onClose: () => void }) {
  const formId = useId();
  const form = useSchemaForm(schema, { name: stage?.name ?? "" });
  const [tone, setTone] = useState<Tone>(stage?.tone ?? "neutral");
  const create = useCreateStage();
  const edit = useEditStage();
  const once = useOnce();
  const submit = form.handleSubmit(async ({ name }) => {
    const body = { name, tone };
    const saved = await submitTo(form, () =>
      stage
        ? edit.mutateAsync({ params: { path: { id: stage.id } }, body })
        : once(body, (header) => create.mutateAsync({ body, params: { header } })),
    );
    if (!saved) return;
    toast.success(stage ? "Stage saved" : `${saved.name} made`);
    onClose();
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="sm"
        title={stage ? `Change ${stage.name}` : "New stage"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form={formId}
              variant="primary"
              loading={create.isPending || edit.isPending}
            >
              {stage ? "Save" : "Make the stage"}
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Name" error={form.formState.errors.name?.message}>
            <Input autoFocus autoComplete="off" dir="auto" {...form.register("name")} />
          </Field>
          <Field label="Colour">
            <Select options={tones} value={tone} onValueChange={(next) => setTone(next as Tone)} />
          </Field>
          <ProblemAlert error={stage ? edit.error : create.error} except={["name"]} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
