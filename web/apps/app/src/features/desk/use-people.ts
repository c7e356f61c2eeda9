import { useEffect } from "react";
import { useMembers } from "@/features/team/api/members";

/** The workspace's people as options of a choice. */
export function usePeople() {
  const { data, hasNextPage, isFetching, fetchNextPage } = useMembers();
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const all = data?.pages.flatMap(({ items }) => items ?? []) ?? [];
  return all.map(({ userId, name, email }) => ({ value: userId, label: name || email, hint: email }));
}
