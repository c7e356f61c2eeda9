import { $api, type components, type paths } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Contact = components["schemas"]["Contact"];
export type ContactQuery = NonNullable<paths["/api/contacts"]["get"]["parameters"]["query"]>;

const pageSize = 100;

/** The workspace's contacts, a page at a time. The first page says how many there are, where that is cheap. */
export function useContacts(filter: Omit<ContactQuery, "after" | "limit">) {
  const query = { ...filter, limit: pageSize };
  return $api.useInfiniteQuery("get", "/api/contacts", { params: { query } }, pages);
}
