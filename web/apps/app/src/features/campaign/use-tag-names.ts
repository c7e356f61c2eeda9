import { useMemo } from "react";
import { useTags } from "@/features/contact/api/tags";
import { useSegments } from "@/features/segment/api/segments";

/** The names of tags, lists and segments by id, for audiences in words. */
export function useTagNames(): ReadonlyMap<string, string> {
  const { data } = useTags();
  const segments = useSegments();
  return useMemo(
    () =>
      new Map([...(data?.items ?? []), ...(segments.data?.items ?? [])].map(({ id, name }) => [id, name])),
    [data, segments.data],
  );
}
