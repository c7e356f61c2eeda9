import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Spinner } from "@aerostic/ui/spinner";
import { CircleCheck } from "lucide-react";
import type { Finding } from "./api/lint";
import { isError } from "./draft";
import { Findings } from "./form-parts";

interface ChecksProps {
  findings: Finding[];
  busy: boolean;
  error: unknown;
  started: boolean;
}

/** Everything the checks found, wherever it belongs. */
export function Checks({ findings, busy, error, started }: ChecksProps) {
  const errors = findings.filter(isError).length;
  if (error) return <ProblemAlert error={error} />;
  return (
    <Card className="w-full max-w-80">
      <CardHeader
        title="Checks"
        description={
          !started
            ? "Meta's rules, checked as you write"
            : errors > 0
              ? `${formatCount(errors, "thing")} to mend before submitting`
              : "Ready to submit"
        }
        action={busy && <Spinner className="text-muted-foreground" />}
      />
      {started && (
        <CardBody>
          {findings.length === 0 ? (
            <p className="flex items-center gap-1.5 text-success text-xs">
              <CircleCheck aria-hidden className="size-3.5" /> Nothing against it. Meta's reviewers may still
              object.
            </p>
          ) : (
            <Findings findings={findings} />
          )}
        </CardBody>
      )}
    </Card>
  );
}
