import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { MousePointerClick, Smartphone } from "lucide-react";
import { useId } from "react";
import { Controller } from "react-hook-form";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useCreateGoal } from "./api/create";
import { useEditGoal } from "./api/edit";
import type { Goal } from "./api/goals";
import { keyOf, valueText } from "./goal";

interface GoalDialogProps {
  /** Changes this one; without it, makes a new one. */
  goal?: Goal;
  onClose: () => void;
}

/** Makes or changes a goal. */
export function GoalDialog({ goal, onClose }: GoalDialogProps) {
  const formId = useId();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={goal ? goal.name : "New goal"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary">
              {goal ? "Save" : "Make"}
            </Button>
          </>
        }
      >
        <GoalForm id={formId} goal={goal} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(80)),
  key: z.string(),
  touch: z.enum(["delivered", "clicked"]),
  windowDays: z.string().check(z.regex(/^([1-9]|[1-8]\d|90)$/, "1 to 90 days.")),
  value: z
    .string()
    .check(z.refine((text) => !text.trim() || parseMoney(text) !== undefined, "Such as 499.00")),
});

function GoalForm({ id, goal, onDone }: { id: string; goal?: Goal; onDone: () => void }) {
  const form = useSchemaForm(schema, {
    name: goal?.name ?? "",
    key: goal?.key ?? "",
    touch: goal?.touch ?? "delivered",
    windowDays: String(goal?.windowDays ?? 7),
    value: valueText(goal?.value),
  });
  const create = useCreateGoal();
  const edit = useEditGoal();
  const { errors, dirtyFields } = form.formState;
  const name = form.register("name");
  const submit = form.handleSubmit(async ({ name, key, touch, windowDays, value }) => {
    const body = { name, touch, windowDays: Number(windowDays), value: parseMoney(value) ?? 0 };
    const saved = await submitTo(form, () =>
      goal
        ? edit.mutateAsync({ params: { path: { id: goal.id } }, body })
        : create.mutateAsync({ body: { ...body, key } }),
    );
    if (!saved) return;
    toast.success(goal ? "Goal saved" : `${saved.name} made`);
    onDone();
  });
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors.name?.message}>
        <Input
          autoFocus
          autoComplete="off"
          dir="auto"
          placeholder="Purchase"
          {...name}
          onChange={(event) => {
            void name.onChange(event);
            if (!goal && !dirtyFields.key) form.setValue("key", keyOf(event.target.value));
          }}
        />
      </Field>
      {!goal && (
        <Field label="Key" hint="What your systems call it; it stays" error={errors.key?.message}>
          <Input autoComplete="off" spellCheck={false} placeholder="purchase" {...form.register("key")} />
        </Field>
      )}
      <Controller
        control={form.control}
        name="touch"
        render={({ field }) => (
          <FieldGroup label="Counts for the last campaign that">
            <RadioGroup value={field.value} onValueChange={field.onChange}>
              <RadioCard
                value="delivered"
                label="Reached the person"
                hint="Its message was on their phone"
                icon={<Smartphone />}
              />
              <RadioCard
                value="clicked"
                label="Got a click"
                hint="The person opened a tracked link of it"
                icon={<MousePointerClick />}
              />
            </RadioGroup>
          </FieldGroup>
        )}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Within days" hint="At most 90" error={errors.windowDays?.message}>
          <Input inputMode="numeric" {...form.register("windowDays")} />
        </Field>
        <Field label="Value" optional hint="Of a conversion that names none" error={errors.value?.message}>
          <Input inputMode="decimal" prefix="₹" placeholder="0.00" {...form.register("value")} />
        </Field>
      </div>
      <ProblemAlert
        error={goal ? edit.error : create.error}
        except={["name", "key", "windowDays", "value"]}
      />
    </form>
  );
}
