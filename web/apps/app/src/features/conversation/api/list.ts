import { $api, api } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";
import type { ListQuery } from "../filter";

/** The conversations of a filter, the latest first, page by page. */
export const listQuery = (query: ListQuery) => ["get", "/api/conversations", { params: { query } }] as const;

export function useConversations(query: ListQuery) {
  return $api.useInfiniteQuery(
    "get",
    "/api/conversations",
    { params: { query } },
    { ...pages, placeholderData: keepPreviousData },
  );
}

/** The first page anew. */
export async function readFirst(query: ListQuery) {
  const { data } = await api.GET("/api/conversations", { params: { query } });
  return data;
}
