import { $api } from "@aerostic/api-client";
import { useRefreshTopics } from "./refresh-topics";

/** Changes a topic. */
export function useEditTopic() {
  return $api.useMutation("put", "/api/consent/topics/{id}", { onSuccess: useRefreshTopics() });
}
