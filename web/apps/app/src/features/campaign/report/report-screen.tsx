import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { formatDay } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link, Navigate, useNavigate } from "@tanstack/react-router";
import { Pause, Play, UsersRound } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { useCampaign } from "../api/campaign";
import type { Campaign } from "../api/campaigns";
import { CampaignMenu } from "../campaign-menu";
import { type CampaignAction, ConfirmAction } from "../confirm-action";
import { PlanCard } from "../plan-card";
import { mayBe } from "../status";
import { CampaignStatusBadge } from "../status-badge";
import { AboutCard } from "./about-card";
import { ApprovalCard } from "./approval-card";
import { AskToGoOn } from "./approval-dialog";
import { CategoryCard } from "./category-card";
import { ClicksCard } from "./clicks-card";
import { ConversionsCard } from "./conversions-card";
import { CostCard } from "./cost-card";
import { FailuresCard } from "./failures-card";
import { FunnelCard } from "./funnel-card";
import { LiftCard } from "./lift-card";
import { LogCard } from "./log-card";
import { OutcomesCard } from "./outcomes-card";
import { ProgressCard } from "./progress-card";
import { RetargetMenu } from "./retarget-menu";
import { SeriesCard } from "./series-card";
import { VariantsCard } from "./variants-card";
import { WaitsNote } from "./waits-note";

/** A scheduled campaign is planned for the time it has. */
const asItIs = {};

/** A campaign on its way and after: the same page from the first message to the last read. */
export function ReportScreen({ id }: { id: string }) {
  const { data: campaign, error, refetch, dataUpdatedAt } = useCampaign(id);
  const [action, setAction] = useState<CampaignAction>();
  useLive<{ id: string }>(
    "campaigns",
    () => refetch(),
    (event) => event.id === id,
  );
  const back = (
    <Link to="/campaigns" aria-label="All campaigns">
      <BackIcon />
    </Link>
  );
  if (!campaign) {
    return (
      <Page title="Campaign" back={back}>
        {error ? <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" /> : <RoutePending />}
      </Page>
    );
  }
  const { status, startedAt } = campaign;
  // The pattern of a series never sends itself; stopped, it has no start either.
  const series = status === "repeating" || (status === "cancelled" && !startedAt && !campaign.scheduledAt);
  const begun = !series && status !== "scheduled" && status !== "awaiting_approval";
  if (status === "draft") return <Navigate to="/campaigns/$id/edit" params={{ id }} replace />;
  return (
    <Page
      title={campaign.name}
      back={back}
      badge={<CampaignStatusBadge status={campaign.status} />}
      actions={<Actions campaign={campaign} />}
    >
      <PageBody>
        {campaign.pauseNote?.kind === "category" ? (
          <CategoryCard campaign={campaign} onCancel={() => setAction("cancel")} />
        ) : (
          <Notes campaign={campaign} />
        )}
        <ConfirmAction campaign={campaign} action={action} onClose={() => setAction(undefined)} />
        <WaitsNote campaign={campaign} />
        {(status === "awaiting_approval" || status === "paused") && <ApprovalCard campaign={campaign} />}
        {series && <SeriesCard campaign={campaign} />}
        {status === "scheduled" && <PlanCard campaign={campaign} schedule={asItIs} />}
        {begun && <ProgressCard campaign={campaign} seenAt={dataUpdatedAt} />}
        {begun && (
          <div className="grid gap-4 lg:grid-cols-2">
            <div className="flex flex-col gap-4">
              <FunnelCard campaign={campaign} />
              <CostCard campaign={campaign} />
            </div>
            <OutcomesCard campaign={campaign} />
          </div>
        )}
        {begun && <VariantsCard campaign={campaign} />}
        {begun && <LiftCard campaign={campaign} />}
        {begun && <ClicksCard campaign={campaign} />}
        {begun && <ConversionsCard campaign={campaign} />}
        {begun && <FailuresCard campaign={campaign} />}
        <AboutCard campaign={campaign} />
        <LogCard id={id} />
      </PageBody>
    </Page>
  );
}

/** Pause or resume in the open, the rest behind three dots. */
function Actions({ campaign }: { campaign: Campaign }) {
  const [action, setAction] = useState<CampaignAction>();
  const navigate = useNavigate();
  const maySend = useCan("campaign.send");
  const { id, status } = campaign;
  return (
    <>
      <CampaignMenu
        campaign={campaign}
        onDone={(done) => {
          if (done === "unschedule") void navigate({ to: "/campaigns/$id/edit", params: { id } });
        }}
      />
      {campaign.startedAt && (
        <Button asChild>
          <Link to="/campaigns/$id/people" params={{ id }} aria-label="People">
            <UsersRound /> <span className="max-sm:hidden">People</span>
          </Link>
        </Button>
      )}
      {campaign.startedAt && <RetargetMenu campaign={campaign} />}
      {maySend && mayBe.paused(status) && (
        <Button onClick={() => setAction("pause")}>
          <Pause /> Pause
        </Button>
      )}
      {maySend && mayBe.resumed(status) && (
        <Button variant="primary" onClick={() => setAction("resume")}>
          <Play /> Resume
        </Button>
      )}
      <ConfirmAction campaign={campaign} action={action} onClose={() => setAction(undefined)} />
    </>
  );
}

function Notes({ campaign }: { campaign: Campaign }) {
  const format = useFormat();
  const { pauseNote, status, scheduledAt, templateId } = campaign;
  if (status === "scheduled" && scheduledAt) {
    return (
      <Alert
        tone="info"
        title={
          campaign.localAt
            ? `Everybody gets it on ${formatDay(`${campaign.localAt}Z`, "UTC")} at ${campaign.localAt.slice(11)} of their own clock`
            : `It starts by itself on ${format.dateTime(scheduledAt)}`
        }
      >
        {campaign.localAt && `It starts on ${format.dateTime(scheduledAt)}, where that day begins first. `}
        The audience is counted then, so people who join it until that time get the message too.
      </Alert>
    );
  }
  if (!pauseNote) return null;
  // A way to what the advice speaks of.
  const names = (thing: RegExp) => thing.test(`${pauseNote.title} ${pauseNote.advice}`);
  return (
    <Alert
      tone="warning"
      title={pauseNote.title}
      action={
        <span className="flex gap-2">
          {templateId && names(/template/i) && (
            <Button asChild size="sm">
              <Link to="/templates/$id" params={{ id: templateId }}>
                Template
              </Link>
            </Button>
          )}
          {pauseNote.kind === "approval" && <AskToGoOn campaign={campaign} />}
          {names(/wallet/i) && (
            <Button asChild size="sm">
              <Link to="/wallet">Wallet</Link>
            </Button>
          )}
        </span>
      }
    >
      {pauseNote.advice} What was handed to WhatsApp before the pause still arrives.
    </Alert>
  );
}
