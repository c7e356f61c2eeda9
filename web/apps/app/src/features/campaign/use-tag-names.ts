import { useMemo } from "react";
import { useTags } from "@/features/contact/api/tags";

/** The names of tags and lists by id, for audiences in words. */
export function useTagNames(): ReadonlyMap<string, string> {
  const { data } = useTags();
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data]);
}
