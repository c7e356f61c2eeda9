import { Check } from "lucide-react";
import { cn } from "../lib/cn";
import { Progress } from "./progress";

export interface Step {
  id: string;
  title: string;
}

interface StepperProps {
  /** Names the wizard for screen readers: "New campaign". */
  label: string;
  steps: Step[];
  current: string;
  /** Called for steps already done; later ones wait for their turn. */
  onSelect?: (id: string) => void;
  className?: string;
}

/** Where one is in a wizard: all steps in a row, on phones "Step 2 of 5" over a bar. */
export function Stepper({ label, steps, current, onSelect, className }: StepperProps) {
  const at = Math.max(
    0,
    steps.findIndex((step) => step.id === current),
  );
  return (
    <nav aria-label={label} className={className}>
      <div className="flex flex-col gap-1.5 md:hidden">
        <p className="text-xs">
          <span className="text-muted-foreground">
            Step {at + 1} of {steps.length}:
          </span>{" "}
          <span className="font-medium">{steps[at]?.title}</span>
        </p>
        <Progress label={label} value={at + 1} max={steps.length} />
      </div>
      <ol className="hidden items-center gap-2 md:flex">
        {steps.map((step, index) => (
          <li
            key={step.id}
            aria-current={index === at ? "step" : undefined}
            className="flex min-w-0 items-center gap-2"
          >
            {index > 0 && (
              <span
                aria-hidden
                className={cn("h-px w-6 lg:w-10", index <= at ? "bg-primary" : "bg-border")}
              />
            )}
            <StepLabel
              step={step}
              number={index + 1}
              state={index < at ? "done" : index === at ? "current" : "later"}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepLabelProps {
  step: Step;
  number: number;
  state: "done" | "current" | "later";
  onSelect?: (id: string) => void;
}

function StepLabel({ step, number, state, onSelect }: StepLabelProps) {
  const content = (
    <>
      <span
        className={cn(
          "flex size-5 shrink-0 items-center justify-center rounded-full border font-semibold text-2xs",
          state === "done" && "border-primary bg-primary-soft text-primary-soft-foreground",
          state === "current" && "border-primary bg-primary text-primary-foreground",
          state === "later" && "text-muted-foreground",
        )}
      >
        {state === "done" ? <Check className="size-3" strokeWidth={3} /> : number}
      </span>
      <span className={cn("truncate text-sm", state === "current" ? "font-medium" : "text-muted-foreground")}>
        {step.title}
        {state === "done" && <span className="sr-only"> (done)</span>}
      </span>
    </>
  );
  if (state !== "done" || !onSelect)
    return <span className="flex min-w-0 items-center gap-2 px-1">{content}</span>;
  return (
    <button
      type="button"
      onClick={() => onSelect(step.id)}
      className="focus-ring flex min-w-0 items-center gap-2 rounded-md border border-transparent px-1 hover:text-foreground"
    >
      {content}
    </button>
  );
}
