import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { sequencesKey } from "./sequences";

export type SequenceChange = components["schemas"]["SequenceChangeBody"];

/** Changes a sequence's name and what is published next. */
export function useEditSequence() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/sequences/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: sequencesKey, refetchType: "none" }),
  });
}
