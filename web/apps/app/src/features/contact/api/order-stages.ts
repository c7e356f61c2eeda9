import { $api } from "@aerostic/api-client";
import { useRefreshContacts } from "./refresh";

/** Puts the stages in another order. */
export function useOrderStages() {
  return $api.useMutation("put", "/api/stages/order", { onSuccess: useRefreshContacts() });
}
