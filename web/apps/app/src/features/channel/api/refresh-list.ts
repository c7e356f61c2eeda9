import { useQueryClient } from "@tanstack/react-query";

/** Reads the numbers again after a change. */
export function useRefreshChannels() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["get", "/api/channels"] });
}
