import { useQueryClient } from "@tanstack/react-query";

/** Reads the topics again. */
export function useRefreshTopics() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["get", "/api/consent/topics"] });
}
