import { $api, type components } from "@aerostic/api-client";

export type CategoryChange = components["schemas"]["CampaignCategoryChange"];

/** What those who wait cost before and after the change a campaign is paused for. */
export function useCategoryChange(id: string, updatedAt: string) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/category-change",
    { params: { path: { id } } },
    { staleTime: 0, meta: { updatedAt } },
  );
}
