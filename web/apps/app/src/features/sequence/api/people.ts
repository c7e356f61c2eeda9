import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";
import { sequenceKey } from "./sequence";

export type Person = components["schemas"]["SequencePerson"];

export interface PeopleFilter {
  state?: "waiting" | "finished" | "exited";
  reason?: string;
  stepId?: string;
  outcome?:
    | "reached"
    | "queued"
    | "sent"
    | "delivered"
    | "read"
    | "failed"
    | "refused"
    | "cancelled"
    | "unsure"
    | "replied";
}

/** The people behind a number, the latest first. */
export function useSequencePeople(id: string, filter: PeopleFilter) {
  return $api.useInfiniteQuery(
    "get",
    "/api/sequences/{id}/people",
    { params: { path: { id }, query: { ...filter, limit: 100 } } },
    { ...pages, staleTime: 0 },
  );
}

/** Takes one person out. */
export function useStopPerson(id: string) {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/sequences/{id}/people/{enrolmentId}/stop", {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: sequenceKey(id) }),
        client.invalidateQueries({ queryKey: ["get", "/api/sequences/{id}/people"] }),
      ]),
  });
}
