import { $api } from "@aerostic/api-client";
import { useRefreshTopics } from "./refresh-topics";

/** Deletes a topic. */
export function useRemoveTopic() {
  return $api.useMutation("delete", "/api/consent/topics/{id}", { onSuccess: useRefreshTopics() });
}
