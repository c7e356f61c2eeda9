import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type ListedSequence = components["schemas"]["SequenceListedBody"];
export type SequenceStatus = ListedSequence["status"];

/** Sequences, newest first. */
export function useSequences(status?: SequenceStatus[]) {
  return $api.useInfiniteQuery(
    "get",
    "/api/sequences",
    { params: { query: { status } } },
    { ...pages, staleTime: 0 },
  );
}

/** The key under which the lists are kept. */
export const sequencesKey = ["get", "/api/sequences"];
