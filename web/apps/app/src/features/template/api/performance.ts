import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

export type Performance = components["schemas"]["TemplatePerformance"];
export type Results = Omit<components["schemas"]["TemplateResults"], "$schema">;
export type Course = components["schemas"]["TemplateCourse"];

/** What the list may be ranked by. */
export const orders = [
  "replyRate",
  "clickRate",
  "conversionRate",
  "readRate",
  "delivered",
  "blockRate",
  "costPerRead",
  "costPerReply",
  "costPerClick",
  "costPerConversion",
] as const;
export type Order = (typeof orders)[number];

/** The templates that were sent in the last days, the best first. */
export function usePerformances(days: number, order: Order) {
  return $api.useQuery(
    "get",
    "/api/templates/performance",
    { params: { query: { days, order } } },
    { placeholderData: keepPreviousData, staleTime: 0, refetchInterval: counting },
  );
}

/** One template's results over the last days. */
export function useTemplatePerformance(id: string, days: number) {
  return $api.useQuery(
    "get",
    "/api/templates/{id}/performance",
    { params: { path: { id }, query: { days } } },
    { placeholderData: keepPreviousData, staleTime: 0, refetchInterval: counting },
  );
}

// Looking asks for a count where there is none yet; it takes a moment.
function counting({ state }: { state: { data?: { asOf?: string } } }) {
  return state.data && !state.data.asOf ? 2000 : false;
}
