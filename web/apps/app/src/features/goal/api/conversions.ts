import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Conversion = components["schemas"]["GoalConversion"];

/** What was reported, the latest first. */
export function useConversions() {
  return $api.useInfiniteQuery("get", "/api/conversions", { params: { query: { limit: 100 } } }, pages);
}
