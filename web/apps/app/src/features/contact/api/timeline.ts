import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Entry = components["schemas"]["ContactEntry"];
export type EntryKind = Entry["kind"];

/** What happened with a contact, the latest first, a page at a time. No kinds means all. */
export function useTimeline(id: string, kind: EntryKind[]) {
  const query = { limit: 30, kind: kind.length > 0 ? kind : undefined };
  return $api.useInfiniteQuery(
    "get",
    "/api/contacts/{id}/timeline",
    { params: { path: { id }, query } },
    pages,
  );
}
