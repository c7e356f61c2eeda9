import { RefreshCw } from "lucide-react";
import { Alert } from "./alert";
import { Button } from "./button";

/** The parts of application/problem+json a person reads; ApiError of the API client fits. */
export interface Problem {
  title: string;
  detail?: string;
  errors?: { location: string; message: string }[];
}

interface ProblemAlertProps {
  /** Anything thrown; null and undefined show nothing. */
  error: unknown;
  /** Fields the form shows beside their controls, left out here. */
  except?: readonly string[];
  onRetry?: () => void;
  className?: string;
}

/** What happened and how to mend it, from any failed request. */
export function ProblemAlert({ error, except = [], onRetry, className }: ProblemAlertProps) {
  if (error === null || error === undefined) return null;
  const problem = toProblem(error);
  const others = problem.errors?.filter((item) => !except.includes(item.location)) ?? [];
  return (
    <Alert
      tone="danger"
      title={problem.title}
      className={className}
      action={
        onRetry && (
          <Button size="sm" onClick={onRetry}>
            <RefreshCw /> Try again
          </Button>
        )
      }
    >
      {problem.detail}
      {others.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {others.map((item) => (
            <li key={`${item.location} ${item.message}`}>{item.message}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

function toProblem(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "title" in error && typeof error.title === "string") {
    return error as Problem;
  }
  return {
    title: "Something went wrong on this page",
    detail: "Reload the page. If it happens again, tell support what you were doing.",
  };
}

/** One red line beside what it is about. */
export function InlineError({ children }: { children: React.ReactNode }) {
  return (
    <p role="alert" className="text-destructive text-xs">
      {children}
    </p>
  );
}
