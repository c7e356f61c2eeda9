import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/features/auth/api/me";

/** Turns two-factor sign-in off; takes password and code. */
export function useDisableTwoFactor() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/me/two-factor/disable", {
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}
