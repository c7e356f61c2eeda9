import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { useState } from "react";
import type { Subject } from "./api/language";
import { type Group, groupOf, isComplete, type Query, queryOf } from "./query";

/** A query being built: its tree, and the query to count once typing rests and nothing is missing. */
export function useQueryTree(start: Query, subjects: readonly Subject[]) {
  const [group, setGroup] = useState<Group>(() => groupOf(start));
  const rested = useDebouncedValue(group);
  const complete = isComplete(group, subjects);
  return {
    group,
    setGroup,
    /** Undefined while a condition lacks something. */
    query: complete ? queryOf(group) : undefined,
    counted: isComplete(rested, subjects) ? queryOf(rested) : undefined,
    settling: rested !== group,
  };
}
