import { $api, api, type components } from "@aerostic/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

export type Schedule = components["schemas"]["CampaignSchedule"];
export type Repeat = components["schemas"]["CampaignRepeat"];
export type Series = components["schemas"]["CampaignSeries"];
export type Plan = components["schemas"]["CampaignPlan"];

/** How long a campaign takes on a schedule, of the draft as saved at `revision`. */
export function usePlan(id: string, revision: string, schedule: Schedule | undefined) {
  return useQuery({
    queryKey: ["campaign-plan", id, revision, schedule],
    queryFn: async ({ signal }) =>
      (
        await api.POST("/api/campaigns/{id}/plan", {
          params: { path: { id } },
          body: schedule as Schedule,
          signal,
        })
      ).data as Plan,
    placeholderData: keepPreviousData,
    enabled: schedule !== undefined,
  });
}

/** A repetition in words, with its next runs. */
export function useRepeatPreview(repeat: Repeat) {
  return useQuery({
    queryKey: ["campaign-repeat", repeat],
    queryFn: async ({ signal }) =>
      (await api.POST("/api/campaigns/repeat", { body: repeat, signal })).data as Series,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Who of a running campaign waits until when. */
export function useWaits(id: string, enabled: boolean) {
  return $api.useQuery(
    "get",
    "/api/campaigns/{id}/waits",
    { params: { path: { id } } },
    { enabled, staleTime: 0, refetchInterval: enabled ? 15_000 : false },
  );
}
