import { $api, type components } from "@aerostic/api-client";

export type TrackedLink = components["schemas"]["Link"];

/** A campaign's tracked links with their clicks. */
export function useLinks(campaign: string) {
  return $api.useQuery("get", "/api/campaigns/{id}/links", { params: { path: { id: campaign } } });
}
