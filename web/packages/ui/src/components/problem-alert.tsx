import { RefreshCw } from "lucide-react";
import { Alert } from "./alert";
import { Button } from "./button";

/** The parts of application/problem+json a person reads; ApiError of the API client fits. */
export interface Problem {
  /** A whole sentence: what happened and how to mend it. */
  detail: string;
  status?: number;
  requestId?: string;
  errors?: { location: string; message: string }[];
}

interface ProblemAlertProps {
  /** Anything thrown; null and undefined show nothing. */
  error: unknown;
  /** Field names ("email") whose messages stand beside their controls; left out here. */
  except?: readonly string[];
  onRetry?: () => void;
  className?: string;
}

/** What happened and how to mend it, from any failed request. */
export function ProblemAlert({ error, except = [], onRetry, className }: ProblemAlertProps) {
  if (error === null || error === undefined) return null;
  const { detail, status = 0, requestId, errors } = toProblem(error);
  const others = errors?.filter(({ location }) => !except.includes(location.replace(/^body\.?/, ""))) ?? [];
  return (
    <Alert
      tone="danger"
      title={detail}
      className={className}
      action={
        onRetry && (
          <Button size="sm" onClick={onRetry}>
            <RefreshCw /> Try again
          </Button>
        )
      }
    >
      {others.length > 0 && (
        <ul className="list-disc pl-4">
          {others.map((item) => (
            <li key={`${item.location} ${item.message}`}>{item.message}</li>
          ))}
        </ul>
      )}
      {status >= 500 && requestId && (
        <>
          Request <code className="font-mono text-xs">{requestId}</code>
        </>
      )}
    </Alert>
  );
}

function toProblem(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "detail" in error && typeof error.detail === "string") {
    return error as Problem;
  }
  return { detail: "Something went wrong on this page. Reload it; if it happens again, tell support." };
}

/** One red line beside what it is about. */
export function InlineError({ children }: { children: React.ReactNode }) {
  return (
    <p role="alert" className="text-destructive text-xs">
      {children}
    </p>
  );
}
