import { useQueryClient } from "@tanstack/react-query";

/** Reads again what a change of segments touches. */
export function useRefreshSegments() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["get", "/api/segments"] }),
      client.invalidateQueries({ queryKey: ["get", "/api/segments/{id}"] }),
      client.invalidateQueries({ queryKey: ["get", "/api/segments/language"] }),
      client.invalidateQueries({ queryKey: ["get", "/api/contacts"] }),
    ]);
}
