import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Takes somebody out of the workspace. */
export function useRemoveMember() {
  const client = useQueryClient();
  return $api.useMutation("delete", "/api/members/{userId}", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/members"] }),
  });
}
