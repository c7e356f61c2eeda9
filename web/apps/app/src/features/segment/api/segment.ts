import { $api } from "@aerostic/api-client";

/** One saved segment. */
export function useSegment(id: string) {
  return $api.useQuery("get", "/api/segments/{id}", { params: { path: { id } } });
}
