import { $api, type components } from "@aerostic/api-client";

export type Tag = components["schemas"]["ContactTag"];

/** All tags and lists by name, with how many contacts each has; at most 1,000. */
export function useTags() {
  return $api.useQuery("get", "/api/tags");
}
