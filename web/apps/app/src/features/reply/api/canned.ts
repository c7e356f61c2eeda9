import { $api, api, type components } from "@aerostic/api-client";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";

export type Canned = components["schemas"]["ReplyCanned"];
export type CannedDraft = components["schemas"]["ReplyCannedDraft"];

/** Canned replies that a word finds, those that fit best and are used most first. */
export function useCannedReplies(q: string, limit = 50) {
  return $api.useInfiniteQuery(
    "get",
    "/api/canned-replies",
    { params: { query: { q: q || undefined, limit } } },
    { ...pages, staleTime: 30_000, placeholderData: keepPreviousData },
  );
}

/** Makes, changes and removes canned replies. */
export function useCannedActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/canned-replies"] }),
  };
  return {
    create: $api.useMutation("post", "/api/canned-replies", options),
    save: $api.useMutation("put", "/api/canned-replies/{id}", options),
    remove: $api.useMutation("delete", "/api/canned-replies/{id}", options),
  };
}

/** A canned reply as a conversation fills it; it counts as used. */
export async function renderCanned(id: string, conversationId: string) {
  const { data } = await api.POST("/api/canned-replies/{id}/render", {
    params: { path: { id } },
    body: { conversationId },
  });
  return data;
}
