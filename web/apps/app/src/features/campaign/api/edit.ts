import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { campaignKey } from "./campaign";

export type CampaignChange = components["schemas"]["CampaignChangeBody"];

/** Changes a draft; of a campaign on its way, the budget alone. */
export function useEditCampaign() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/campaigns/{id}", {
    onSuccess: (campaign) => {
      client.setQueryData(campaignKey(campaign.id), campaign);
      return client.invalidateQueries({ queryKey: ["get", "/api/campaigns"], refetchType: "none" });
    },
  });
}
