import { api } from "@aerostic/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Metric } from "../experiment";

/** Whether a draft's test has enough people; asked again when the draft was saved. */
export function useSampleSize(
  id: string,
  updatedAt: string,
  metric: Metric,
  effect: number,
  enabled: boolean,
) {
  return useQuery({
    queryKey: ["campaign-sample-size", id, updatedAt, metric, effect],
    queryFn: async ({ signal }) => {
      const { data } = await api.POST("/api/campaigns/{id}/sample-size", {
        params: { path: { id } },
        body: { metric, effect },
        signal,
      });
      return data;
    },
    enabled,
    placeholderData: keepPreviousData,
  });
}
