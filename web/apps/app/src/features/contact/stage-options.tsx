import { Badge } from "@aerostic/ui/badge";
import { useMemo } from "react";
import { type Stage, useStages } from "./api/stages";

/** What filters and forms say for contacts without a stage or an owner. */
export const nobody = "none";

export function StageBadge({ stage }: { stage: Pick<Stage, "name" | "tone"> }) {
  return (
    <Badge tone={stage.tone} dot className="max-w-40">
      <span className="truncate" dir="auto">
        {stage.name}
      </span>
    </Badge>
  );
}

/** The stages as a Select offers them, after "No stage". */
export function useStageOptions() {
  const { data } = useStages();
  return useMemo(() => {
    const stages = data?.items ?? [];
    return {
      stages,
      options: [
        { value: nobody, label: "No stage" },
        ...stages.map(({ id, name }) => ({ value: id, label: name })),
      ],
    };
  }, [data]);
}
