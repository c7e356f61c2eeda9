import { $api } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type { Contact } from "./list";

const pageSize = 30;

/** One column of the board, a page at a time: who came into the stage last stands first. */
export function useBoardPage(stage: string, owner?: string) {
  const query = { stage, owner, limit: pageSize };
  return $api.useInfiniteQuery("get", "/api/contacts", { params: { query } }, pages);
}
