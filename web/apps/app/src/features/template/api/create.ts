import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Submits a template to Meta. */
export function useCreateTemplate() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/templates", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/templates"] }),
  });
}
