import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Deletes a draft. */
export function useRemoveCampaign() {
  const client = useQueryClient();
  return $api.useMutation("delete", "/api/campaigns/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/campaigns"] }),
  });
}
