import { $api } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

/** Lets a number send again. */
export function useResumeChannel() {
  return $api.useMutation("post", "/api/channels/{id}/resume", { onSuccess: useRefreshChannels() });
}
