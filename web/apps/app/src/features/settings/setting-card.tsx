import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";

interface SettingCardProps {
  title: string;
  description: string;
  /** What is made: "New team". */
  add?: string;
  onAdd?: () => void;
  query: { data?: unknown; error: { detail?: string } | null; refetch: () => unknown };
  /** What to do while there is none. */
  empty?: false | string;
  problem?: unknown;
  children: ReactNode;
}

/** A list of settings with its way to a new one, its loading, its error and its emptiness. */
export function SettingCard(props: SettingCardProps) {
  const { title, description, add, onAdd, query, empty, problem, children } = props;
  return (
    <Card>
      <CardHeader
        title={title}
        description={description}
        action={
          add && (
            <Button size="sm" onClick={onAdd}>
              <Plus /> {add}
            </Button>
          )
        }
      />
      <CardBody className="flex flex-col gap-3">
        {query.error && !query.data ? (
          <ProblemAlert error={query.error as never} onRetry={() => void query.refetch()} />
        ) : (
          !query.data && <Skeleton className="h-16" />
        )}
        {query.data !== undefined && empty && <p className="text-muted-foreground text-sm">{empty}</p>}
        {query.data !== undefined && !empty && children}
        <ProblemAlert error={problem as never} />
      </CardBody>
    </Card>
  );
}
