import { useQueryClient } from "@tanstack/react-query";

const touched = [
  "/api/contacts",
  "/api/contacts/{id}",
  "/api/contacts/{id}/timeline",
  "/api/tags",
  "/api/fields",
  "/api/stages",
  "/api/bulks",
];

/** Reads again what a change of contacts touches: lists, single contacts, counts of tags and stages. */
export function useRefreshContacts() {
  const client = useQueryClient();
  return () => Promise.all(touched.map((path) => client.invalidateQueries({ queryKey: ["get", path] })));
}
