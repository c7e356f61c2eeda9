import { $api, type components } from "@aerostic/api-client";

export type TemplateDetail = components["schemas"]["TemplateDetail"];
export type Slot = components["schemas"]["TemplateSlot"];

/** One template with the values it takes and its picture filled with examples. */
export function useTemplate(id: string | undefined) {
  return $api.useQuery(
    "get",
    "/api/templates/{id}",
    { params: { path: { id: id ?? "" } } },
    { enabled: id !== undefined, staleTime: 0 },
  );
}
