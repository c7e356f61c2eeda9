import { api, type components, download, type paths } from "@aerostic/api-client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { nextPosition, type PeoplePosition } from "../people";

/** The people of one outcome as a file, streamed by the server. */
export function downloadPeople(id: string, name: string, outcome: string, variant?: number) {
  const query = new URLSearchParams({ outcome, variant: String(variant ?? 0) });
  return download(`/api/campaigns/${id}/recipients.csv?${query}`, `${name}.csv`);
}

export type Recipient = components["schemas"]["CampaignRecipient"];
type PeopleQuery = NonNullable<paths["/api/campaigns/{id}/recipients"]["get"]["parameters"]["query"]>;

/** A page of one outcome. The server looks at so many people at a time; where none of them is one, on. */
async function readPeople(id: string, query: PeopleQuery, signal: AbortSignal) {
  let page: { items: Recipient[]; next?: string };
  do {
    const { data } = await api.GET("/api/campaigns/{id}/recipients", {
      params: { path: { id }, query },
      signal,
    });
    page = { items: data?.items ?? [], next: data?.next };
    query = { ...query, after: page.next };
  } while (page.items.length === 0 && page.next);
  return page;
}

/** The people in any of some outcomes, one outcome after the other, page by page. */
export function usePeople(id: string, outcomes: string[], reason?: string, variant?: number) {
  return useInfiniteQuery({
    queryKey: ["campaign-people", id, outcomes, reason, variant],
    queryFn: async ({ pageParam: { at, after }, signal }) => {
      const query = {
        outcome: outcomes[at] || undefined,
        reason: reason || undefined,
        variant,
        after,
        limit: 100,
      };
      const { items, next } = await readPeople(id, query, signal);
      return { items, position: { at, after: next } };
    },
    initialPageParam: { at: 0, after: undefined } as PeoplePosition,
    getNextPageParam: ({ position }) => nextPosition(position, outcomes.length),
  });
}
