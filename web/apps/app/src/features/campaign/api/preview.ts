import { api, type components } from "@aerostic/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

export type ContactPreview = components["schemas"]["CampaignPreview"];

/** The message as up to 20 real people would get it, of the draft as saved at `revision`. */
export function usePreviews(id: string, revision: string, enabled: boolean, variant: number) {
  return useQuery({
    queryKey: ["campaign-preview", id, revision, variant],
    queryFn: async ({ signal }) =>
      (
        await api.POST("/api/campaigns/{id}/preview", {
          params: { path: { id }, query: { variant } },
          signal,
        })
      ).data?.previews ?? [],
    placeholderData: keepPreviousData,
    enabled,
  });
}
