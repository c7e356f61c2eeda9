import { $api } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

/** Gives a number a new access token. */
export function useRenewToken() {
  return $api.useMutation("patch", "/api/channels/{id}", { onSuccess: useRefreshChannels() });
}
