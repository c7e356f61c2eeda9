import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { campaignKey } from "./campaign";
import type { Campaign } from "./campaigns";

export type VariantReport = components["schemas"]["CampaignVariantReport"];
export type Verdict = components["schemas"]["CampaignVerdict"];
export type Lift = components["schemas"]["CampaignLift"];
export type Compared = components["schemas"]["CampaignCompared"];
export type RetargetResult = components["schemas"]["CampaignRetargetInputBody"]["result"];

/** A campaign's versions side by side, as fresh as its counts. */
export function useVariants({ id, experiment }: Campaign) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/variants",
    { params: { path: { id } } },
    { enabled: experiment !== undefined, staleTime: 0, refetchInterval: 5000 },
  );
}

/** What a campaign did against those held out. */
export function useLift({ id, holdOut }: Campaign) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/lift",
    { params: { path: { id } } },
    { enabled: holdOut > 0, staleTime: 0, refetchInterval: 10_000 },
  );
}

/** Gives the rest of the audience a version before the time is up. */
export function useChooseWinner() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/campaigns/{id}/winner", {
    onSuccess: (campaign) => client.setQueryData(campaignKey(campaign.id), campaign),
  });
}

/** A draft for the people of one result. */
export function useRetarget() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/campaigns/{id}/retarget", {
    onSuccess: (campaign) => {
      client.setQueryData(campaignKey(campaign.id), campaign);
      return client.invalidateQueries({ queryKey: ["get", "/api/campaigns"] });
    },
  });
}

/** Campaigns with their results. */
export function useComparison(ids: string[]) {
  return $api.useQuery(
    "get",
    "/api/campaigns/compare",
    { params: { query: { id: ids } } },
    { enabled: ids.length > 0, staleTime: 0 },
  );
}
