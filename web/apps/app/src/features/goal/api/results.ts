import { $api, type components } from "@aerostic/api-client";

export type Result = components["schemas"]["GoalResult"];

/** What a campaign achieved, by goal; reports keep coming after it ended. */
export function useResults(campaign: string) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/conversions",
    { params: { path: { id: campaign } } },
    { refetchInterval: 20_000 },
  );
}
