import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type TemplateEvent = components["schemas"]["TemplateEvent"];

/** What happened to a template, the newest first. */
export function useTemplateEvents(id: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/templates/{id}/events",
    { params: { path: { id }, query: { limit: 20 } } },
    { ...pages, staleTime: 0 },
  );
}
