import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";

export type Template = components["schemas"]["TemplateListReplyBody"]["items"][number];

export interface TemplateFilter {
  q?: string;
  status?: string;
  category?: Template["category"];
  language?: string;
  wabaId?: string;
}

/** Templates by name, page by page, with each account's last synchronisation. */
export function useTemplates(filter: TemplateFilter, options: { enabled?: boolean } = {}) {
  return $api.useInfiniteQuery(
    "get",
    "/api/templates",
    { params: { query: filter } },
    { ...pages, placeholderData: keepPreviousData, staleTime: 0, ...options },
  );
}
