import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { sequenceKey } from "./sequence";
import { sequencesKey } from "./sequences";

/** What may be asked of a sequence; each refreshes it. */
export function useSequenceActions(id: string) {
  const client = useQueryClient();
  const options = {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: sequenceKey(id) }),
        client.invalidateQueries({ queryKey: sequencesKey }),
      ]),
  };
  return {
    publish: $api.useMutation("post", "/api/sequences/{id}/publish", options),
    pause: $api.useMutation("post", "/api/sequences/{id}/pause", options),
    resume: $api.useMutation("post", "/api/sequences/{id}/resume", options),
    archive: $api.useMutation("post", "/api/sequences/{id}/archive", options),
    remove: $api.useMutation("delete", "/api/sequences/{id}", {
      onSuccess: () => client.invalidateQueries({ queryKey: sequencesKey }),
    }),
  };
}
