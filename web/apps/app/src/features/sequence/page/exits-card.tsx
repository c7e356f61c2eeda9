import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatNumber } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import type { Sequence } from "../api/sequence";

/** Why people left before the end, with what that means. */
export function ExitsCard({ sequence: { id, report } }: { sequence: Sequence }) {
  return (
    <Card>
      <CardHeader title="Why people left early" />
      <CardBody>
        {report.exits.length === 0 ? (
          <p className="text-muted-foreground text-sm">Nobody has left early.</p>
        ) : (
          <ul className="flex flex-col gap-3">
            {report.exits.map(({ reason, title, advice, people }) => (
              <li key={reason} className="flex items-start justify-between gap-4">
                <div className="min-w-0 text-sm">
                  <Link
                    to="/sequences/$id/people"
                    params={{ id }}
                    search={{ reason }}
                    className="rounded-sm outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                  >
                    {title}
                  </Link>
                  <p className="text-muted-foreground text-xs">{advice}</p>
                </div>
                <span className="font-medium text-sm">{formatNumber(people)}</span>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
