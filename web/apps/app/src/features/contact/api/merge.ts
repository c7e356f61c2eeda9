import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useRefreshContacts } from "./refresh";

/** Makes one contact of two. */
export function useMergeContacts() {
  const client = useQueryClient();
  const refresh = useRefreshContacts();
  return $api.useMutation("post", "/api/contacts/{id}/merge", {
    onSuccess: () =>
      Promise.all([refresh(), client.invalidateQueries({ queryKey: ["get", "/api/duplicates"] })]),
  });
}
