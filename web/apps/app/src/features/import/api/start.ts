import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type ImportOptions = components["schemas"]["ContactOptions"];

/** Begins an import; lists, tags and fields it needs are made with it. */
export function useStartImport() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/imports/{id}/start", {
    onSuccess: () =>
      Promise.all(
        ["/api/imports", "/api/imports/{id}", "/api/tags", "/api/fields"].map((path) =>
          client.invalidateQueries({ queryKey: ["get", path] }),
        ),
      ),
  });
}
