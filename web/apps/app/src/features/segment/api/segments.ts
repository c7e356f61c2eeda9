import { $api, type components } from "@aerostic/api-client";

export type Segment = components["schemas"]["Segment"];

/** All saved segments by name; at most 1,000. */
export function useSegments() {
  return $api.useQuery("get", "/api/segments");
}
