import { api, type components } from "@aerostic/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

export type Estimate = components["schemas"]["CampaignEstimate"];

/** People, price and time of a draft as it was saved at `revision`; the last answer shows meanwhile. */
export function useEstimate(id: string, revision: string) {
  return useQuery({
    queryKey: ["campaign-estimate", id, revision],
    queryFn: async ({ signal }) =>
      (await api.POST("/api/campaigns/{id}/estimate", { params: { path: { id } }, signal })).data as Estimate,
    placeholderData: keepPreviousData,
  });
}
