import { $api, type components } from "@aerostic/api-client";

export type Goal = components["schemas"]["Goal"];

/** The workspace's goals by name, archived ones last; at most 50. */
export function useGoals() {
  return $api.useQuery("get", "/api/goals");
}

/** The key under which they are kept. */
export const goalsKey = ["get", "/api/goals"];
