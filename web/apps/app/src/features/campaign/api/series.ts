import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";

export type Occurrence = components["schemas"]["CampaignOccurrence"];

const path = (id: string) => ({ params: { path: { id } } });

/** How a repeating campaign repeats. */
export function useSeries(id: string) {
  return $api.useQuery("get", "/api/campaigns/{id}/series", path(id), { refetchInterval: 30_000 });
}

/** What became of its runs, the latest first. */
export function useOccurrences(id: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/campaigns/{id}/occurrences",
    { params: { path: { id }, query: { limit: 20 } } },
    { ...pages, refetchInterval: 30_000 },
  );
}

/** Pauses and resumes a series; each answers with the series as it is then. */
export function useSeriesActions(id: string) {
  const client = useQueryClient();
  const onSuccess = (series: components["schemas"]["CampaignSeries"]) =>
    client.setQueryData($api.queryOptions("get", "/api/campaigns/{id}/series", path(id)).queryKey, series);
  return {
    pause: $api.useMutation("post", "/api/campaigns/{id}/series/pause", { onSuccess }),
    resume: $api.useMutation("post", "/api/campaigns/{id}/series/resume", { onSuccess }),
  };
}
