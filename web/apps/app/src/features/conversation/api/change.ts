/* What members do with conversations; one or many at a time. */
import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { refreshConversations } from "../live";

function useRefresh() {
  const client = useQueryClient();
  return (_: unknown, { body: { ids } }: { body: { ids: string[] } }) => refreshConversations(client, ids);
}

export function useSetStatus() {
  return $api.useMutation("post", "/api/conversations/status", { onSuccess: useRefresh() });
}

export function useAssign() {
  return $api.useMutation("post", "/api/conversations/assign", { onSuccess: useRefresh() });
}

export function useSetLabels() {
  return $api.useMutation("post", "/api/conversations/labels", { onSuccess: useRefresh() });
}
