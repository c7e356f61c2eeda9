import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Says that two contacts are two people. */
export function useDismissDuplicate() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/duplicates/dismiss", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/duplicates"] }),
  });
}
