import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Withdraws an invitation; its link no longer works. */
export function useRevokeInvitation() {
  const client = useQueryClient();
  return $api.useMutation("delete", "/api/invitations/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/invitations"] }),
  });
}
