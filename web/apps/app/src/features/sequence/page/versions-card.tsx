import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useFormat } from "@/lib/format";
import { useVersions } from "../api/versions";

/** What was published, by whom and when. */
export function VersionsCard({ id }: { id: string }) {
  const { data, error, refetch } = useVersions(id);
  const format = useFormat();
  return (
    <Card>
      <CardHeader title="Versions" />
      <CardBody>
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-10" />}
        <ul className="flex flex-col gap-3">
          {data?.items.map(({ number, definition, publishedAt, publishedBy }) => (
            <li key={number} className="flex items-start justify-between gap-4 text-sm">
              <span>
                Version {number}
                <span className="block text-muted-foreground text-xs">
                  {formatCount(definition.steps.length, "step")}
                </span>
              </span>
              <span className="text-right text-muted-foreground text-xs">
                {format.dateTime(publishedAt)}
                {publishedBy && <span className="block">{publishedBy}</span>}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
