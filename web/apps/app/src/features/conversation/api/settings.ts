import { $api } from "@aerostic/api-client";

/** How the workspace's inbox behaves. */
export function useInboxSettings() {
  return $api.useQuery("get", "/api/inbox/settings", {}, { staleTime: 60_000 });
}
