import { useMemo } from "react";
import { type Stage, useStages } from "./api/stages";
import { nobody } from "./stage-options";

/** A column of the board: a stage, or the contacts without one. */
export interface BoardColumn {
  /** The stage's id, or "none". */
  id: string;
  name: string;
  tone: Stage["tone"];
  contacts: number;
  stage?: Stage;
}

/** The columns in their order; contacts without a stage stand first. */
export function useBoardColumns() {
  const query = useStages();
  const { data } = query;
  const columns = useMemo<BoardColumn[]>(() => {
    if (!data) return [];
    const unstaged: BoardColumn = { id: nobody, name: "No stage", tone: "neutral", contacts: data.none };
    return [unstaged, ...(data.items ?? []).map((stage) => ({ ...stage, stage }))];
  }, [data]);
  return { columns, query };
}
