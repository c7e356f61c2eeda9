import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type ConsentRequest = components["schemas"]["ConsentRequest"];

/** Messages that ask to be left alone: those that wait for a decision, or the others. */
export function useConsentRequests(open: boolean) {
  return $api.useInfiniteQuery(
    "get",
    "/api/consent/requests",
    { params: { query: { open: open ? "true" : "false", limit: 50 } } },
    pages,
  );
}
