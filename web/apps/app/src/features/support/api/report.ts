import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

export type SupportReport = components["schemas"]["SupportReport"];
export type SupportRow = components["schemas"]["SupportRow"];
export type By = "day" | "person" | "team" | "channel";

export interface ReportQuery {
  from: string;
  to: string;
  by: By;
  channel?: string;
  team?: string;
}

/** How the inbox did between two days of the workspace's. */
export function useSupportReport(query: ReportQuery) {
  return $api.useQuery(
    "get",
    "/api/support/report",
    { params: { query } },
    { placeholderData: keepPreviousData, refetchInterval: 60_000 },
  );
}
