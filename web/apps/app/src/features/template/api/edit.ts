import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Submits a new content of a template to Meta. */
export function useEditTemplate() {
  const client = useQueryClient();
  return $api.useMutation("put", "/api/templates/{id}", {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["get", "/api/templates"] }),
        client.invalidateQueries({ queryKey: ["get", "/api/templates/{id}"] }),
      ]),
  });
}
