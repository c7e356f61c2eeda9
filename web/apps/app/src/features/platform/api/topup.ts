import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Adds money to a workspace's wallet. Needs an Idempotency-Key. */
export function useTopUp() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/platform/tenants/{id}/topup", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/wallet"] }),
  });
}
