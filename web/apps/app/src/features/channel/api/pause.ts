import { $api } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

/** Keeps a number from sending until somebody resumes it. */
export function usePauseChannel() {
  return $api.useMutation("post", "/api/channels/{id}/pause", { onSuccess: useRefreshChannels() });
}
