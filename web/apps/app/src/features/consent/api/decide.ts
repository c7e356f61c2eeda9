import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useRefreshContacts } from "@/features/contact/api/refresh";

/** Decides on a message that asks to be left alone. */
export function useDecideRequest() {
  const client = useQueryClient();
  const refresh = useRefreshContacts();
  return $api.useMutation("post", "/api/consent/requests/{id}/decide", {
    onSettled: () =>
      Promise.all([refresh(), client.invalidateQueries({ queryKey: ["get", "/api/consent/requests"] })]),
  });
}
