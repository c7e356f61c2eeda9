import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { useNavigate } from "@tanstack/react-router";
import { useId } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useCreateSequence } from "./api/create";
import { firstDefinition } from "./sequence";

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(120)),
});

/** Names a new sequence, or a triggered campaign, and opens it in the editor. */
export function NewSequenceDialog({ triggered, onClose }: { triggered: boolean; onClose: () => void }) {
  const formId = useId();
  const form = useSchemaForm(schema, { name: "" });
  const create = useCreateSequence();
  const once = useOnce();
  const navigate = useNavigate();
  const submit = form.handleSubmit(async ({ name }) => {
    const body = { name, definition: firstDefinition(triggered) };
    const made = await submitTo(form, () =>
      once(name, (header) => create.mutateAsync({ body, params: { header } })),
    );
    if (made) void navigate({ to: "/sequences/$id/edit", params: { id: made.id } });
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={triggered ? "New triggered campaign" : "New sequence"}
        description={
          triggered
            ? "One message for each event that your shop tells: an order, a booking, an abandoned cart."
            : "Messages that follow each other by time, until people reply, buy or have got them all."
        }
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" loading={create.isPending}>
              Make
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label="Name" hint="Only your team sees it" error={form.formState.errors.name?.message}>
            <Input
              autoFocus
              autoComplete="off"
              dir="auto"
              placeholder={triggered ? "Order confirmation" : "Welcome"}
              {...form.register("name")}
            />
          </Field>
          <ProblemAlert error={create.error} except={["name"]} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
