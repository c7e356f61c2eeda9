import { $api, type components } from "@aerostic/api-client";

export type Sequence = components["schemas"]["SequenceFull"];
export type Definition = components["schemas"]["SequenceDefinition"];
export type Step = components["schemas"]["SequenceStep"];
export type Trigger = components["schemas"]["SequenceTrigger"];
export type StepReport = components["schemas"]["SequenceStepReport"];
export type Exit = components["schemas"]["SequenceExit"];

/** One sequence with how many people are where, kept fresh while it runs. */
export function useSequence(id: string) {
  return $api.useQuery(
    "get",
    "/api/sequences/{id}",
    { params: { path: { id } } },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data?.status === "active" ? 4000 : 20_000) },
  );
}

/** The key under which one sequence is kept. */
export function sequenceKey(id: string) {
  return $api.queryOptions("get", "/api/sequences/{id}", { params: { path: { id } } }).queryKey;
}
