import { $api } from "@aerostic/api-client";

/** How a template that was sent looks; every message of it shares one answer. */
export function useSentTemplate(id: string | undefined) {
  return $api.useQuery(
    "get",
    "/api/templates/{id}",
    { params: { path: { id: id ?? "" } } },
    { enabled: id !== undefined, staleTime: 5 * 60_000 },
  );
}
