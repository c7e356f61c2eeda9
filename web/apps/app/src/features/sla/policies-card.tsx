import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { ArrowUp, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Policy, usePolicies, usePolicyActions } from "./api/policies";
import { promiseText } from "./policy";
import { PolicyDialog } from "./policy-dialog";

/** What is promised, in the order in which it is asked. */
export function PoliciesCard() {
  const { data, error, refetch } = usePolicies();
  const { order, remove } = usePolicyActions();
  const [open, setOpen] = useState<Policy | "new">();
  const list = data?.items ?? [];
  const raise = (at: number) => {
    const ids = list.map(({ id }) => id);
    const [moved] = ids.splice(at, 1);
    if (moved) order.mutate({ body: { ids: ids.toSpliced(at - 1, 0, moved) } });
  };
  return (
    <Card>
      <CardHeader
        title="SLA policies"
        description="How fast you answer and solve. The first policy that fits a conversation counts. A new one counts from a conversation’s next move on; what runs already follows every change at once."
        action={
          <Button size="sm" onClick={() => setOpen("new")}>
            <Plus /> New policy
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-3">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-16" />}
        {data && list.length === 0 && (
          <p className="text-muted-foreground text-sm">
            Nothing is promised yet. A policy shows what is due, and tells people when it is late.
          </p>
        )}
        <ol className="flex flex-col divide-y">
          {list.map((policy, at) => (
            <li key={policy.id} className="flex items-start gap-3 py-2.5">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2">
                  <button
                    type="button"
                    className="focus-ring rounded-sm font-medium text-sm"
                    dir="auto"
                    onClick={() => setOpen(policy)}
                  >
                    {policy.name}
                  </button>
                  {!policy.active && <Badge>Off</Badge>}
                </p>
                <p className="text-muted-foreground text-xs">{promiseText(policy)}</p>
              </div>
              {at > 0 && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Ask ${policy.name} earlier`}
                  onClick={() => raise(at)}
                >
                  <ArrowUp />
                </Button>
              )}
              <Button size="sm" onClick={() => setOpen(policy)} aria-label={`Change ${policy.name}`}>
                Change
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove ${policy.name}`}
                onClick={() => remove.mutate({ params: { path: { id: policy.id } } })}
              >
                <Trash2 />
              </Button>
            </li>
          ))}
        </ol>
        <ProblemAlert error={order.error ?? remove.error} />
      </CardBody>
      {open && <PolicyDialog policy={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}
