import { $api } from "@aerostic/api-client";

/** How often somebody came, from opening to resolved, the latest first. */
export function useCases(id: string) {
  return $api.useQuery("get", "/api/conversations/{id}/cases", { params: { path: { id } } });
}
