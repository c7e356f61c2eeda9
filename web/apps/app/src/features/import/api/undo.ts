import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Begins to take back what an import changed. */
export function useUndoImport() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/imports/{id}/undo", {
    onSuccess: () =>
      Promise.all(
        ["/api/imports", "/api/imports/{id}"].map((path) =>
          client.invalidateQueries({ queryKey: ["get", path] }),
        ),
      ),
  });
}
