import { $api } from "@aerostic/api-client";

/** The badges: open, mine, unassigned, unread, mentions. */
export function useCounts(enabled = true) {
  return $api.useQuery("get", "/api/conversations/counts", {}, { enabled, staleTime: 5_000 });
}

export const countsKey = ["get", "/api/conversations/counts"];
