import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { campaignKey } from "./campaign";

/** Makes a draft. */
export function useCreateCampaign() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/campaigns", {
    onSuccess: (campaign) => {
      client.setQueryData(campaignKey(campaign.id), campaign);
      return client.invalidateQueries({ queryKey: ["get", "/api/campaigns"] });
    },
  });
}
