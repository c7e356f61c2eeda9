import { $api, type components } from "@aerostic/api-client";

export type RateSheet = components["schemas"]["BillingRateSheet"];
export type RateLine = components["schemas"]["BillingRateLine"];

/** The prices in force for this workspace, WhatsApp's and the markup apart. */
export function useRates() {
  return $api.useQuery("get", "/api/rates", {}, { staleTime: 10 * 60_000 });
}
