import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Sheet, SheetContent } from "@aerostic/ui/sheet";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { type Subject, useLanguage } from "./api/language";
import { PreviewCard } from "./preview-card";
import type { Query } from "./query";
import { QueryBuilder } from "./query-builder";
import { useQueryTree } from "./use-query-tree";

interface ConditionsSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  query: Query;
  onApply: (query: Query) => void;
}

/** Conditions for one list, not saved under a name; from here they can be. */
export function ConditionsSheet({ open, onOpenChange, query, onApply }: ConditionsSheetProps) {
  const { data, error, refetch } = useLanguage();
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent title="Conditions" className="sm:max-w-2xl">
        <ProblemAlert error={error} onRetry={() => refetch()} />
        {data ? (
          <Conditions subjects={data.subjects} query={query} onApply={onApply} />
        ) : (
          !error && <Skeleton className="h-48 w-full" />
        )}
      </SheetContent>
    </Sheet>
  );
}

interface ConditionsProps {
  subjects: readonly Subject[];
  query: Query;
  onApply: (query: Query) => void;
}

function Conditions({ subjects, query, onApply }: ConditionsProps) {
  const tree = useQueryTree(query, subjects);
  return (
    <div className="flex flex-col gap-4">
      <QueryBuilder group={tree.group} subjects={subjects} onChange={tree.setGroup} />
      <PreviewCard query={tree.counted} settling={tree.settling} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onApply({})}>Clear</Button>
        {tree.query && (
          <Button asChild>
            <Link to="/contacts/segments/new" search={{ where: JSON.stringify(tree.query) }}>
              Save as segment
            </Link>
          </Button>
        )}
        <Button variant="primary" disabled={!tree.query} onClick={() => tree.query && onApply(tree.query)}>
          Show contacts
        </Button>
      </div>
    </div>
  );
}
