import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { campaignKey } from "./campaign";
import type { Campaign } from "./campaigns";

export type Approval = components["schemas"]["CampaignApproval"];
export type LogEntry = components["schemas"]["CampaignLogEntry"];

/** What was asked and answered of a campaign, the latest first. */
export function useApprovals(id: string, enabled = true) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/approvals",
    { params: { path: { id } } },
    { enabled, staleTime: 0 },
  );
}

/** What people did to what a campaign is allowed, the latest first. */
export function useCampaignLog(id: string) {
  return $api.useQuery("get", "/api/campaigns/{id}/log", { params: { path: { id } } }, { staleTime: 0 });
}

/** Asking, answering, and overriding the frequency cap. Each answers with the campaign as it is then. */
export function useApprovalActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: async (campaign: Campaign) => {
      client.setQueryData(campaignKey(campaign.id), campaign);
      await Promise.all([
        client.invalidateQueries({ queryKey: ["get", "/api/campaigns"] }),
        client.invalidateQueries({ queryKey: ["get", "/api/campaigns/{id}/approvals"] }),
        client.invalidateQueries({ queryKey: ["get", "/api/campaigns/{id}/log"] }),
        client.invalidateQueries({ queryKey: ["campaign-plan", campaign.id] }),
      ]);
    },
  };
  return {
    ask: $api.useMutation("post", "/api/campaigns/{id}/approval", options),
    approve: $api.useMutation("post", "/api/campaigns/{id}/approval/approve", options),
    reject: $api.useMutation("post", "/api/campaigns/{id}/approval/reject", options),
    withdraw: $api.useMutation("post", "/api/campaigns/{id}/approval/withdraw", options),
    cap: $api.useMutation("post", "/api/campaigns/{id}/cap", options),
  };
}
