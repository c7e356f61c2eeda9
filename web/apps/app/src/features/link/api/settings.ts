import { $api, type components } from "@aerostic/api-client";

export type LinkDomain = components["schemas"]["LinkDomain"];

/** Where the workspace's tracked links stand; new ones on the first of `bases`. */
export function useLinkSettings() {
  return $api.useQuery("get", "/api/link-domains", {}, { staleTime: 60_000 });
}

/** The key under which that is kept. */
export const linkSettingsKey = ["get", "/api/link-domains"];
