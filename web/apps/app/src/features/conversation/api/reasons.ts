import { $api } from "@aerostic/api-client";

/** Why conversations are closed, as the workspace words it. */
export function useClosingReasons() {
  return $api.useQuery("get", "/api/closing-reasons", {}, { staleTime: 60_000 });
}
