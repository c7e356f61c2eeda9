import { $api } from "@aerostic/api-client";
import type { Campaign } from "./campaigns";

/** Where news may get lost, how often to look anyway (ms). Reports keep coming after the last send. */
function interval(campaign: Campaign | undefined): number | false {
  switch (campaign?.status) {
    case "running":
      return 3000;
    case "paused":
    case "scheduled":
      return 10_000;
    case "completed":
    case "cancelled":
      return 20_000;
    default:
      return false;
  }
}

/** One campaign with its counts, kept fresh while they move. */
export function useCampaign(id: string) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}",
    { params: { path: { id } } },
    { staleTime: 0, refetchInterval: ({ state }) => interval(state.data) },
  );
}

/** The key under which one campaign is kept. */
export function campaignKey(id: string) {
  return $api.queryOptions("get", "/api/campaigns/{id}", { params: { path: { id } } }).queryKey;
}
