import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Begins to collect everything kept about a person. */
export function useExportContact() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/contacts/{id}/export", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/contacts/{id}/requests"] }),
  });
}
