import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type ConsentRecord = components["schemas"]["ConsentRecord"];

/** What a contact agreed to and took back, the newest first. */
export function useConsentHistory(id: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/contacts/{id}/consents",
    { params: { path: { id }, query: { limit: 20 } } },
    pages,
  );
}
