import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Import = components["schemas"]["ContactImport"];

/** Imports, the latest first. */
export function useImports() {
  return $api.useInfiniteQuery("get", "/api/imports", { params: { query: { limit: 20 } } }, pages);
}
