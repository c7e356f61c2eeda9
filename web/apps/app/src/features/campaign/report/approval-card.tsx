import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { Field } from "@aerostic/ui/field";
import { formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { type Approval, useApprovalActions, useApprovals } from "../api/approval";
import type { Campaign } from "../api/campaigns";
import type { Schedule } from "../api/timing";

/** What somebody asks to start, and the answer of a second person. */
export function ApprovalCard({ campaign }: { campaign: Campaign }) {
  const { data, error, refetch } = useApprovals(campaign.id);
  const pending = data?.items?.find(({ state }) => state === "pending");
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton className="h-40" />;
  if (!pending) return null;
  return <Pending campaign={campaign} approval={pending} />;
}

function Pending({ campaign, approval }: { campaign: Campaign; approval: Approval }) {
  const { user, tenant } = useMe();
  const format = useFormat();
  const mine = approval.requestedBy.id === user.id;
  return (
    <Card>
      <CardHeader
        title="Waiting for a second person"
        description="It may cost more than one person may start in this workspace"
      />
      <CardBody>
        <DescriptionList>
          <DescriptionItem label="Asked by">
            {approval.requestedBy.name}, {format.dateTime(approval.requestedAt)}
          </DescriptionItem>
          <DescriptionItem label="Costs at most">
            {formatMoney({ amount: approval.amount, currency: tenant.currency })}
          </DescriptionItem>
          <DescriptionItem label="Goes out">{whenOf(approval.schedule, format.dateTime)}</DescriptionItem>
          {approval.note && <DescriptionItem label="They say">{approval.note}</DescriptionItem>}
        </DescriptionList>
      </CardBody>
      {mine ? <Withdraw campaign={campaign} /> : <Answer campaign={campaign} />}
    </Card>
  );
}

/** When an approval lets it go out. */
function whenOf({ at, localAt, repeat }: Schedule, dateTime: (at: string) => string): string {
  if (repeat) return `Again and again from ${repeat.startsOn}, at ${repeat.time}`;
  if (localAt) return `${localAt.replace("T", ", ")} on everybody's own clock`;
  if (at) return `${dateTime(at)}, or at once if that has passed`;
  return "As soon as it is approved";
}

function Withdraw({ campaign }: { campaign: Campaign }) {
  const { withdraw } = useApprovalActions();
  if (!useCan("campaign.send")) return null;
  return (
    <CardFooter className="flex-col items-stretch gap-3 sm:flex-row sm:items-center">
      <p className="flex-1 text-muted-foreground text-sm">
        Somebody else must answer. Take it back to change the draft.
      </p>
      <Button
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { path: { id: campaign.id } } })}
      >
        Take it back
      </Button>
      <ProblemAlert error={withdraw.error} />
    </CardFooter>
  );
}

function Answer({ campaign }: { campaign: Campaign }) {
  const { approve, reject } = useApprovalActions();
  const [comment, setComment] = useState("");
  if (!useCan("campaign.approve")) {
    return (
      <CardFooter>
        <p className="text-muted-foreground text-sm">An owner or admin who did not ask must answer.</p>
      </CardFooter>
    );
  }
  const answer = (mutation: typeof approve, done: string) =>
    mutation.mutate(
      { params: { path: { id: campaign.id } }, body: { comment } },
      { onSuccess: () => toast.success(done, { description: campaign.name }) },
    );
  return (
    <CardFooter className="flex-col items-stretch gap-3">
      <Field label="Comment" optional>
        <Textarea dir="auto" value={comment} onChange={(event) => setComment(event.target.value)} />
      </Field>
      <ProblemAlert error={approve.error ?? reject.error} />
      <div className="flex justify-end gap-2">
        <Button loading={reject.isPending} onClick={() => answer(reject, "Rejected")}>
          Reject
        </Button>
        <Button variant="primary" loading={approve.isPending} onClick={() => answer(approve, "Approved")}>
          Approve
        </Button>
      </div>
    </CardFooter>
  );
}
