import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Duplicate = components["schemas"]["ContactDuplicate"];

/** Pairs of contacts that may be one person, the latest first. */
export function useDuplicates() {
  return $api.useInfiniteQuery("get", "/api/duplicates", { params: { query: { limit: 20 } } }, pages);
}
