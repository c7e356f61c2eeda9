import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type TenantSummary = components["schemas"]["TenantSummary"];
export type TenantOrder = "name" | "newest";

/** Every workspace of the installation. */
export function useTenants(sort: TenantOrder) {
  const query = { sort, limit: 100 };
  return $api.useInfiniteQuery("get", "/api/platform/tenants", { params: { query } }, pages);
}
