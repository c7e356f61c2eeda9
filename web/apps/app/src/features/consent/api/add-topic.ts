import { $api } from "@aerostic/api-client";
import { useRefreshTopics } from "./refresh-topics";

/** Adds a topic. */
export function useAddTopic() {
  return $api.useMutation("post", "/api/consent/topics", { onSuccess: useRefreshTopics() });
}
