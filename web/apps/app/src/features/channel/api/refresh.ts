import { $api } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

/** Asks Meta about a number now. */
export function useRefreshChannel() {
  return $api.useMutation("post", "/api/channels/{id}/refresh", { onSuccess: useRefreshChannels() });
}
