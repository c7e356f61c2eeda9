import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { sequencesKey } from "./sequences";

/** Makes a draft. */
export function useCreateSequence() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/sequences", {
    onSuccess: () => client.invalidateQueries({ queryKey: sequencesKey }),
  });
}
