import type { InfiniteData } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

interface Page<Row> {
  items: Row[] | null;
  next?: string;
  total?: number;
}

/** The parts of an infinite query that a table needs. */
interface PagedQuery<Row> {
  data: InfiniteData<Page<Row>, unknown> | undefined;
  isPending: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** For $api.useInfiniteQuery on any list: reads the next page's cursor. */
export const pages = {
  pageParamName: "after",
  initialPageParam: "", // undefined would be sent as 0
  getNextPageParam: (last: { next?: string }) => last.next,
} as const;

/** A keyset-paged query as DataTable props: `<DataTable {...usePagedRows(query)} … />`. */
export function usePagedRows<Row>(query: PagedQuery<Row>) {
  const { data, fetchNextPage, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items ?? []) ?? [], [data]);
  return {
    rows,
    loading: query.isPending,
    error: data ? undefined : query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    onLoadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    onRetry: useCallback(() => void refetch(), [refetch]),
  };
}
