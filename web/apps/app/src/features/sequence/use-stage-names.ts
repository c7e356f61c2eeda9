import { useMemo } from "react";
import { useStages } from "@/features/contact/api/stages";

/** The stages' names by id. */
export function useStageNames(): ReadonlyMap<string, string> {
  const items = useStages().data?.items;
  return useMemo(() => new Map(items?.map(({ id, name }) => [id, name])), [items]);
}
