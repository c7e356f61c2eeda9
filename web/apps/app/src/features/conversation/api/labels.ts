import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** The workspace's labels. */
export function useLabels() {
  return $api.useQuery("get", "/api/labels", {}, { staleTime: 60_000 });
}

export function useAddLabel() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/labels", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/labels"] }),
  });
}
