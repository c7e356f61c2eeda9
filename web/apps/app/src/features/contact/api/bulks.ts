import { $api } from "@aerostic/api-client";

/** The changes of many contacts begun last. */
export function useBulks() {
  return $api.useQuery("get", "/api/bulks", { params: { query: { limit: 10 } } });
}
