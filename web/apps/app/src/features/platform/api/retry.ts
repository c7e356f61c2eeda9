import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Applies a set-aside item again. */
export function useRetrySetAside() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/platform/set-asides/{id}/retry", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/platform/set-asides"] }),
  });
}
