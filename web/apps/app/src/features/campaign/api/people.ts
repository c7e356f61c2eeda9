import { api, type components } from "@aerostic/api-client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { nextPosition, type PeoplePosition } from "../people";

export type Recipient = components["schemas"]["CampaignRecipient"];

/** The people in any of some outcomes, one outcome after the other, page by page. */
export function usePeople(id: string, outcomes: string[], reason?: string) {
  return useInfiniteQuery({
    queryKey: ["campaign-people", id, outcomes, reason],
    queryFn: async ({ pageParam: { at, after }, signal }) => {
      const query = { outcome: outcomes[at] || undefined, reason: reason || undefined, after, limit: 100 };
      const { data } = await api.GET("/api/campaigns/{id}/recipients", {
        params: { path: { id }, query },
        signal,
      });
      return { items: data?.items ?? [], position: { at, after: data?.next } };
    },
    initialPageParam: { at: 0, after: undefined } as PeoplePosition,
    getNextPageParam: ({ position }) => nextPosition(position, outcomes.length),
  });
}
