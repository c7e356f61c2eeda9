import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Asks Meta for all templates of all accounts; the list shows when that has finished. */
export function useSyncTemplates() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/templates/sync", {
    onSettled: () => client.invalidateQueries({ queryKey: ["get", "/api/templates"] }),
  });
}
