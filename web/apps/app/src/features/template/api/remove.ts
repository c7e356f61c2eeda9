import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Deletes a template at Meta. */
export function useRemoveTemplate() {
  const client = useQueryClient();
  return $api.useMutation("delete", "/api/templates/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/templates"] }),
  });
}
