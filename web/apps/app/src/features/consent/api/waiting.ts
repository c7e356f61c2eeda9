import { $api } from "@aerostic/api-client";

/** The opt-in a contact is to confirm; none when nothing waits. */
export function useOptInWait(id: string) {
  return $api.useQuery("get", "/api/contacts/{id}/opt-in-wait", { params: { path: { id } } });
}
