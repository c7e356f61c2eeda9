import { Stepper } from "@aerostic/ui/stepper";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { BackIcon, Page, PageBody, PageToolbar } from "@/features/shell/page";
import { type StepId, steps } from "./steps";

interface WizardFrameProps {
  title: string;
  step: StepId;
  onStep?: (step: StepId) => void;
  /** Whether what was entered is saved, in a word. */
  status?: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}

/** Title, steps, the step, and the way on: the same from the first step to the last. */
export function WizardFrame({ title, step, onStep, status, footer, children }: WizardFrameProps) {
  return (
    <Page
      title={title}
      back={
        <Link to="/campaigns" aria-label="All campaigns">
          <BackIcon />
        </Link>
      }
      actions={
        <span aria-live="polite" className="text-muted-foreground text-xs">
          {status}
        </span>
      }
      toolbar={
        <PageToolbar className="py-2.5">
          <Stepper
            label="New campaign"
            steps={[...steps]}
            current={step}
            onSelect={(id) => onStep?.(id as StepId)}
            className="w-full"
          />
        </PageToolbar>
      }
    >
      <PageBody key={step}>{children}</PageBody>
      <footer className="flex shrink-0 items-center justify-between gap-2 border-t bg-background px-4 py-3 md:px-5">
        {footer}
      </footer>
    </Page>
  );
}
