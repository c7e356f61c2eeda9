import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/features/auth/api/me";
import { refreshConversations } from "../cache";

/** Nothing in it is unread any more. */
export function useMarkRead() {
  const client = useQueryClient();
  const me = useMe().user.id;
  return $api.useMutation("post", "/api/conversations/{id}/read", {
    onSuccess: (_, { params }) => refreshConversations(client, [params.path.id], me),
  });
}

export function useMarkUnread() {
  const client = useQueryClient();
  const me = useMe().user.id;
  return $api.useMutation("post", "/api/conversations/{id}/unread", {
    onSuccess: (_, { params }) => refreshConversations(client, [params.path.id], me),
  });
}
