import { Button } from "@aerostic/ui/button";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Select } from "@aerostic/ui/select";
import { ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { SettingRow } from "@/features/settings/setting-row";
import { type Macro, type Step, useMacroActions, useMacros } from "./api/macros";
import { type Kind, kinds, newStep, stepsText } from "./step";
import { StepForm } from "./step-form";

/** Lists of steps that are done on conversations with one click. */
export function MacrosCard() {
  const macros = useMacros();
  const { remove } = useMacroActions();
  const [open, setOpen] = useState<Macro | "new">();
  const list = (macros.data?.items ?? []) as Macro[];
  return (
    <>
      <SettingCard
        title="Macros"
        description="Several steps with one click, on one conversation or many. On each, all steps are done or none."
        add="New macro"
        onAdd={() => setOpen("new")}
        query={macros}
        empty={
          list.length === 0 &&
          "There is no macro yet. Make one that thanks, labels and resolves, for example."
        }
        problem={remove.error}
      >
        <ul className="flex flex-col divide-y">
          {list.map((macro) => (
            <SettingRow
              key={macro.id}
              name={macro.name}
              detail={stepsText((macro.steps ?? []) as Step[])}
              onChange={() => setOpen(macro)}
              onRemove={() => remove.mutate({ params: { path: { id: macro.id } } })}
            />
          ))}
        </ul>
      </SettingCard>
      {open && <MacroDialog macro={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

type Kept = Step & { key: number };

function MacroDialog({ macro, onClose }: { macro?: Macro; onClose: () => void }) {
  const { create, save } = useMacroActions();
  const [name, setName] = useState(macro?.name ?? "");
  const [steps, setSteps] = useState<Kept[]>(() =>
    ((macro?.steps ?? [newStep("text")]) as Step[]).map((step, key) => ({ ...step, key })),
  );
  const edit = (key: number, step: Step) =>
    setSteps((old) => old.map((one) => (one.key === key ? { ...step, key } : one)));
  const raise = (at: number) =>
    setSteps((old) => old.toSpliced(at, 1).toSpliced(at - 1, 0, ...old.slice(at, at + 1)));
  const body = { name, steps: steps.map(({ key: _, ...step }) => step) };
  return (
    <SettingDialog
      title={macro ? macro.name : "New macro"}
      size="lg"
      onClose={onClose}
      onSave={() =>
        macro ? save.mutateAsync({ params: { path: { id: macro.id } }, body }) : create.mutateAsync({ body })
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={80}
          placeholder="Thank and close"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <FieldGroup label="Steps">
        <ol className="flex flex-col gap-3">
          {steps.map((step, at) => (
            <li key={step.key} className="flex flex-col gap-3 rounded-lg border p-3">
              <div className="flex items-center gap-2">
                <span className="w-4 text-muted-foreground text-xs">{at + 1}</span>
                <Select
                  aria-label={`Step ${at + 1}`}
                  className="flex-1"
                  options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
                  value={step.kind}
                  onValueChange={(kind) => edit(step.key, newStep(kind as Kind))}
                />
                {at > 0 && (
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Move step ${at + 1} up`}
                    onClick={() => raise(at)}
                  >
                    <ArrowUp />
                  </Button>
                )}
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Remove step ${at + 1}`}
                  onClick={() => setSteps(steps.filter(({ key }) => key !== step.key))}
                >
                  <X />
                </Button>
              </div>
              <StepForm step={step} set={(change) => edit(step.key, { ...step, ...change })} />
            </li>
          ))}
        </ol>
        {steps.length < 20 && (
          <Button
            size="sm"
            className="mt-3"
            onClick={() =>
              setSteps([
                ...steps,
                { ...newStep("resolve"), key: Math.max(-1, ...steps.map(({ key }) => key)) + 1 },
              ])
            }
          >
            <Plus /> Add a step
          </Button>
        )}
      </FieldGroup>
    </SettingDialog>
  );
}
