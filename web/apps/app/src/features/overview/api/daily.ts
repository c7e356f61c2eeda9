import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

export type Day = components["schemas"]["BillingDay"];

/** Counts and spending of the last days, oldest first, today last, none left out. */
export function useDaily(days: number) {
  return $api.useQuery(
    "get",
    "/api/metrics/daily",
    { params: { query: { days } } },
    { placeholderData: keepPreviousData, refetchInterval: 60_000 },
  );
}
