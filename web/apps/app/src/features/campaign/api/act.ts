import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { campaignKey } from "./campaign";
import type { Campaign } from "./campaigns";

/** Start, and what may follow it. Each answers with the campaign as it is then. */
export function useCampaignActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: (campaign: Campaign) => {
      client.setQueryData(campaignKey(campaign.id), campaign);
      return client.invalidateQueries({ queryKey: ["get", "/api/campaigns"] });
    },
  };
  return {
    start: $api.useMutation("post", "/api/campaigns/{id}/start", options),
    pause: $api.useMutation("post", "/api/campaigns/{id}/pause", options),
    resume: $api.useMutation("post", "/api/campaigns/{id}/resume", options),
    cancel: $api.useMutation("post", "/api/campaigns/{id}/cancel", options),
    unschedule: $api.useMutation("post", "/api/campaigns/{id}/unschedule", options),
  };
}
