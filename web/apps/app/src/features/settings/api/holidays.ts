import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Holiday = components["schemas"]["TenantHolidayBody"];

const key = ["get", "/api/workspace/holidays"];

/** The workspace's holidays, by date. */
export function useHolidays() {
  return $api.useQuery("get", "/api/workspace/holidays");
}

/** Adds and removes holidays; what repeats is planned anew. */
export function useHolidayActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key }),
        client.invalidateQueries({ queryKey: ["get", "/api/campaigns/{id}/series"] }),
        client.invalidateQueries({ queryKey: ["campaign-repeat"] }),
      ]),
  };
  return {
    add: $api.useMutation("post", "/api/workspace/holidays", options),
    national: $api.useMutation("post", "/api/workspace/holidays/national", options),
    remove: $api.useMutation("delete", "/api/workspace/holidays/{id}", options),
  };
}
