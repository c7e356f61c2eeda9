import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { goalsKey } from "./goals";

/** Makes a goal. */
export function useCreateGoal() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/goals", {
    onSuccess: () => client.invalidateQueries({ queryKey: goalsKey }),
  });
}
