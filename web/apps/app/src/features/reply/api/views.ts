import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type View = components["schemas"]["ConversationView"];
export type ViewFilter = components["schemas"]["ConversationViewFilter"];

/** Everybody's saved views of the inbox, then one's own. */
export function useViews() {
  return $api.useQuery("get", "/api/conversation-views", {}, { staleTime: 60_000 });
}

/** Saves, changes, orders and removes views. */
export function useViewActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["get", "/api/conversation-views"] });
      await client.invalidateQueries({ queryKey: ["get", "/api/conversations/counts"] });
    },
  };
  return {
    create: $api.useMutation("post", "/api/conversation-views", options),
    save: $api.useMutation("put", "/api/conversation-views/{id}", options),
    order: $api.useMutation("post", "/api/conversation-views/order", options),
    remove: $api.useMutation("delete", "/api/conversation-views/{id}", options),
  };
}
