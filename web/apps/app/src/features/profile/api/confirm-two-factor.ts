import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/features/auth/api/me";

/** Turns two-factor sign-in on; answers with the recovery codes, once. */
export function useConfirmTwoFactor() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/me/two-factor/confirm", {
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}
