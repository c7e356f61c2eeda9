import { $api } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

/** People by name or number, and what was said by its words, in any script; the latest first. */
export function useSearch(q: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/conversations/search",
    { params: { query: { q, limit: 30 } } },
    {
      pageParamName: "after",
      initialPageParam: "",
      getNextPageParam: (last: { said: { next?: string } }) => last.said.next,
      placeholderData: keepPreviousData,
    },
  );
}
