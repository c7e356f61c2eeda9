import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Stops an import after the rows being written; what was imported stays. */
export function useCancelImport() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/imports/{id}/cancel", {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["get", "/api/imports"] }),
        client.invalidateQueries({ queryKey: ["get", "/api/imports/{id}"] }),
      ]),
  });
}
