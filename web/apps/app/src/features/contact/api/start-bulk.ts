import { $api, type components } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

export type Bulk = components["schemas"]["ContactBulk"];
export type BulkAction = components["schemas"]["ContactBulkAction"];

/** Changes named contacts at once, or everybody a filter lets through in the background. */
export function useStartBulk() {
  return $api.useMutation("post", "/api/bulks", { onSuccess: useRefreshContacts() });
}
