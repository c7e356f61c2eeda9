import { $api } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";
import type { Query } from "../query";

/** How many contacts a query lets through, its sentence and the newest five; keeps the last while it counts. */
export function usePreview(query: Query | undefined) {
  return $api.useQuery(
    "post",
    "/api/segments/preview",
    { body: { query: query ?? {} } },
    { enabled: query !== undefined, placeholderData: keepPreviousData },
  );
}
