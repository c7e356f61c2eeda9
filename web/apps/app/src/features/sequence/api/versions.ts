import { $api } from "@aerostic/api-client";

/** What was published, the latest first. */
export function useVersions(id: string) {
  return $api.useQuery("get", "/api/sequences/{id}/versions", { params: { path: { id } } });
}
