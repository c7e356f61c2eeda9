import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Changes somebody's role. */
export function useChangeRole() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/members/{userId}", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/members"] }),
  });
}
