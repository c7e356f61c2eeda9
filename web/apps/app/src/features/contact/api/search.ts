import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

export type Contact = components["schemas"]["Contact"];

/** A handful of contacts by the beginning of a name or number; the newest for an empty text. */
export function useContactSearch(q: string, limit = 8) {
  return $api.useQuery(
    "get",
    "/api/contacts",
    { params: { query: { q: q || undefined, limit } } },
    { placeholderData: keepPreviousData },
  );
}
