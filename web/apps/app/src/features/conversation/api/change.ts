/* What members do with conversations; one or many at a time. */
import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/features/auth/api/me";
import { refreshConversations } from "../cache";

function useRefresh() {
  const client = useQueryClient();
  const me = useMe().user.id;
  return (ids: string[]) => refreshConversations(client, ids, me);
}

export function useSetStatus() {
  const refresh = useRefresh();
  return $api.useMutation("post", "/api/conversations/status", {
    onSuccess: (_, { body }) => refresh(body.ids),
  });
}

export function useAssign() {
  const refresh = useRefresh();
  return $api.useMutation("post", "/api/conversations/assign", {
    onSuccess: (_, { body }) => refresh(body.ids),
  });
}

export function useSetLabels() {
  const refresh = useRefresh();
  return $api.useMutation("post", "/api/conversations/labels", {
    onSuccess: (_, { body }) => refresh(body.ids),
  });
}
