import { useQueryClient } from "@tanstack/react-query";

/** Reads again what a change of contacts touches: lists, single contacts and the counts of tags. */
export function useRefreshContacts() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["get", "/api/contacts"] }),
      client.invalidateQueries({ queryKey: ["get", "/api/contacts/{id}"] }),
      client.invalidateQueries({ queryKey: ["get", "/api/tags"] }),
    ]);
}
