import { $api, type components } from "@aerostic/api-client";

export type Told = components["schemas"]["SequenceTold"];

/** The latest events of a name. */
export function useEvents(name: string) {
  return $api.useQuery(
    "get",
    "/api/events",
    { params: { query: { name, limit: 10 } } },
    { refetchInterval: 4000 },
  );
}
