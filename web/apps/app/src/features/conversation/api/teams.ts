import { $api } from "@aerostic/api-client";

/** The workspace's teams. */
export function useTeams() {
  return $api.useQuery("get", "/api/teams", {}, { staleTime: 60_000 });
}
