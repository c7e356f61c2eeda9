import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Target } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useEditGoal } from "./api/edit";
import { type Goal, useGoals } from "./api/goals";
import { ruleText } from "./goal";
import { GoalDialog } from "./goal-dialog";

/** The workspace's goals. */
export function GoalsCard({ onNew }: { onNew: (() => void) | undefined }) {
  const { data, error, refetch } = useGoals();
  const [changing, setChanging] = useState<Goal>();
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  return (
    <Card>
      <CardHeader
        title="Goals"
        description="A person counts once for a goal and a campaign; the values of all they did are summed"
        divided
      />
      {!data && (
        <CardBody role="status" aria-label="Loading goals" className="pt-4">
          <Skeleton className="w-1/2" />
        </CardBody>
      )}
      {data?.items.length === 0 && (
        <EmptyState
          icon={Target}
          title="No goals yet"
          action={
            onNew && (
              <Button variant="primary" onClick={onNew}>
                Make the first
              </Button>
            )
          }
        >
          Say what people should do after a campaign: buy, book, sign up. Your shop reports it, and each
          report shows what the campaign brought.
        </EmptyState>
      )}
      <ul className="divide-y">
        {data?.items.map((goal) => (
          <li key={goal.id}>
            <Row goal={goal} onChange={() => setChanging(goal)} />
          </li>
        ))}
      </ul>
      {changing && <GoalDialog goal={changing} onClose={() => setChanging(undefined)} />}
    </Card>
  );
}

function Row({ goal, onChange }: { goal: Goal; onChange: () => void }) {
  const canWrite = useCan("goal.write");
  const { currency } = useMe().tenant;
  const edit = useEditGoal();
  const archived = Boolean(goal.archivedAt);
  const archive = () =>
    edit.mutateAsync({ params: { path: { id: goal.id } }, body: { archived: !archived } }).then(
      () => toast.success(archived ? `${goal.name} is open again` : `${goal.name} is archived`),
      (problem) => toast.error("Could not save", { description: problem.detail }),
    );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2">
          <span dir="auto" className="font-medium">
            {goal.name}
          </span>
          <code className="text-muted-foreground text-xs">{goal.key}</code>
          {archived && <Badge tone="neutral">Archived</Badge>}
        </p>
        <p className="text-muted-foreground text-xs">
          {ruleText(goal)}
          {goal.value > 0 &&
            ` · worth ${formatMoney({ amount: goal.value, currency })} unless said otherwise`}
        </p>
      </div>
      {canWrite && (
        <div className="flex items-center gap-2">
          <Button size="sm" onClick={onChange} aria-label={`Change ${goal.name}`}>
            Change
          </Button>
          <Button size="sm" variant="ghost" loading={edit.isPending} onClick={archive}>
            {archived ? "Open again" : "Archive"}
          </Button>
        </div>
      )}
    </div>
  );
}
