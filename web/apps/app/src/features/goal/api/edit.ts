import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { goalsKey } from "./goals";

/** Changes or archives a goal. */
export function useEditGoal() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/goals/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: goalsKey }),
  });
}
