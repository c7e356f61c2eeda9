import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Renews an invitation and mails it again. */
export function useResendInvitation() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/invitations/{id}/resend", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/invitations"] }),
  });
}
