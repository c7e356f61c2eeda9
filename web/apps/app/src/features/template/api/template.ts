import { $api, type components } from "@aerostic/api-client";
import type { Template } from "./templates";

export type TemplateDetail = Template & components["schemas"]["TemplateDetail"];
export type Slot = components["schemas"]["TemplateSlot"];

/** One template with the values it takes and its picture filled with examples. */
export function useTemplate(id: string | undefined) {
  const query = $api.useQuery(
    "get",
    "/api/templates/{id}",
    { params: { path: { id: id ?? "" } } },
    { enabled: id !== undefined },
  );
  return { ...query, data: query.data as TemplateDetail | undefined };
}
