import { $api } from "@aerostic/api-client";

/** The workspace's teams as choices of a picker. */
export function useTeamOptions() {
  const items = $api.useQuery("get", "/api/teams").data?.items ?? [];
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
