import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type SetAside = components["schemas"]["MessageSetAsideBody"];

/** Webhook items that could not be applied, newest first. */
export function useSetAsides() {
  return $api.useInfiniteQuery(
    "get",
    "/api/platform/set-asides",
    { params: { query: { limit: 100 } } },
    pages,
  );
}
