import { $api, type components } from "@aerostic/api-client";

export type Failure = components["schemas"]["CampaignFailure"];

/** Why people were not reached, the commonest reason first. */
export function useFailures(id: string) {
  return $api.useQuery("get", "/api/campaigns/{id}/failures", { params: { path: { id } } });
}
