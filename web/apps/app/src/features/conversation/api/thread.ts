import { $api, api } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

const limit = 50;

const threadInit = (id: string) => ({ params: { path: { id }, query: { limit } } });

export const threadKey = (id: string) => ["get", "/api/conversations/{id}/thread", threadInit(id)] as const;

/** What was said and done, the latest first, a page at a time. */
export function useThread(id: string) {
  return $api.useInfiniteQuery("get", "/api/conversations/{id}/thread", threadInit(id), pages);
}

/** The latest page anew. */
export async function readLatest(id: string) {
  const { data } = await api.GET("/api/conversations/{id}/thread", threadInit(id));
  return data;
}
