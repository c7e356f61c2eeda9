import { $api, type components } from "@aerostic/api-client";

export type Stage = components["schemas"]["ContactStage"];

/** The stages in the order of the board, with how many contacts each has; at most 20. */
export function useStages() {
  return $api.useQuery("get", "/api/stages");
}
