import { useQueryClient } from "@tanstack/react-query";

/** Reads timelines again. */
export function useRefreshTimeline() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["get", "/api/contacts/{id}/timeline"] });
}
