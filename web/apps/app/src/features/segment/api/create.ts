import { $api } from "@aerostic/api-client";
import { useRefreshSegments } from "./refresh";

/** Saves a query under a name. */
export function useCreateSegment() {
  return $api.useMutation("post", "/api/segments", { onSuccess: useRefreshSegments() });
}
