import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { refreshConversations } from "../live";

/** Nothing in it is unread any more. */
export function useMarkRead() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/conversations/{id}/read", {
    onSuccess: (_, { params }) => refreshConversations(client, [params.path.id]),
  });
}

export function useMarkUnread() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/conversations/{id}/unread", {
    onSuccess: (_, { params }) => refreshConversations(client, [params.path.id]),
  });
}
