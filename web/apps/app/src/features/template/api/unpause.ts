import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Asks Meta to end a pause; its event tells when it has. */
export function useUnpauseTemplate() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/templates/{id}/unpause", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/templates/{id}"] }),
  });
}
