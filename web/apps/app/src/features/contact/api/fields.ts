import { $api, type components } from "@aerostic/api-client";

export type ContactField = components["schemas"]["ContactField"];

/** The workspace's own fields by label; at most 100. */
export function useFields() {
  return $api.useQuery("get", "/api/fields");
}
