import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Link } from "@tanstack/react-router";
import { outcomeLooks } from "@/features/campaign/outcome";
import type { Explained } from "./api/explain";
import { useWhen } from "./explain-timeline";

/** All attempts at one message, each a message of its own. */
export function AttemptsCard({ attempts }: { attempts: Explained["attempts"] }) {
  const when = useWhen();
  return (
    <Card>
      <CardHeader title="Attempts" description="Each is a message of its own; the last one counts." />
      <CardBody>
        <ol className="flex flex-col divide-y" aria-label="Attempts">
          {attempts.map((attempt) => {
            const { label, tone } = outcomeLooks(attempt.state);
            return (
              <li key={attempt.id} className="flex items-center gap-2 py-2 text-sm first:pt-0 last:pb-0">
                {attempt.this ? (
                  <span className="font-semibold">Attempt {attempt.number}, this one</span>
                ) : (
                  <Link
                    to="/messages/$id"
                    params={{ id: attempt.id }}
                    className="focus-ring rounded-xs border border-transparent underline underline-offset-2"
                  >
                    Attempt {attempt.number}
                  </Link>
                )}
                <time dateTime={attempt.at} className="ml-auto text-muted-foreground text-xs">
                  {when(attempt.at)}
                </time>
                <Badge tone={tone} dot>
                  {label}
                </Badge>
              </li>
            );
          })}
        </ol>
      </CardBody>
    </Card>
  );
}
