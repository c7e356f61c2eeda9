import { $api, type components } from "@aerostic/api-client";

export type Workspace = components["schemas"]["TenantWorkspace"];

/** The workspace with its settings. */
export function useWorkspace() {
  return $api.useQuery("get", "/api/workspace");
}
