import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Makes a tag or a list. */
export function useCreateTag() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/tags", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/tags"] }),
  });
}
