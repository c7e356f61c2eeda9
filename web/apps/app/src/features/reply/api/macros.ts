import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/features/auth/api/me";
import { refreshConversations } from "@/features/conversation/cache";

export type Macro = components["schemas"]["ReplyMacro"];
export type Step = components["schemas"]["ReplyStep"];

/** The workspace's macros, the most used first. */
export function useMacros() {
  return $api.useQuery("get", "/api/macros", {}, { staleTime: 60_000 });
}

/** Makes, changes and removes macros. */
export function useMacroActions() {
  const client = useQueryClient();
  const options = { onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/macros"] }) };
  return {
    create: $api.useMutation("post", "/api/macros", options),
    save: $api.useMutation("put", "/api/macros/{id}", options),
    remove: $api.useMutation("delete", "/api/macros/{id}", options),
  };
}

/** Does a macro's steps on conversations; their rows are read anew. */
export function useRunMacro() {
  const client = useQueryClient();
  const me = useMe().user.id;
  return $api.useMutation("post", "/api/macros/{id}/run", {
    onSuccess: (_, { body }) => refreshConversations(client, body.ids ?? [], me),
  });
}
