import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Invites somebody by mail. */
export function useInvite() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/invitations", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/invitations"] }),
  });
}
