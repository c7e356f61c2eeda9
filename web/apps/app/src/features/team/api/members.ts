import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Member = components["schemas"]["TenantMemberBody"];
export type Role = Member["role"];

/** The people of the workspace. */
export function useMembers() {
  return $api.useInfiniteQuery("get", "/api/members", { params: { query: { limit: 100 } } }, pages);
}
