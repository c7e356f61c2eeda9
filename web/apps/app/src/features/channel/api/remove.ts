import { $api } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

/** Disconnects a number; its messages keep their reports. */
export function useRemoveChannel() {
  return $api.useMutation("delete", "/api/channels/{id}", { onSuccess: useRefreshChannels() });
}
