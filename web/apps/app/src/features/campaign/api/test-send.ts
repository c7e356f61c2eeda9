import { $api } from "@aerostic/api-client";

/** Sends the draft's message to one contact; it costs what any message costs. */
export function useTestSend() {
  return $api.useMutation("post", "/api/campaigns/{id}/test");
}
