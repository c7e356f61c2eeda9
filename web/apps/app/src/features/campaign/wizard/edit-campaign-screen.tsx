import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Navigate } from "@tanstack/react-router";
import { Page } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useCampaign } from "../api/campaign";
import type { StepId } from "./steps";
import { Wizard } from "./wizard";

/** A draft where it was left; anything no longer a draft goes to its report. */
export function EditCampaignScreen({ id, step }: { id: string; step: StepId | undefined }) {
  const { data: campaign, error, refetch } = useCampaign(id);
  if (campaign && campaign.status !== "draft")
    return <Navigate to="/campaigns/$id" params={{ id }} replace />;
  if (campaign) return <Wizard campaign={campaign} wanted={step} />;
  return (
    <Page title="New campaign">
      {error ? <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" /> : <RoutePending />}
    </Page>
  );
}
