import { $api } from "@aerostic/api-client";

/** The address of a contact's preference page. */
export function usePreferencesLink(id: string) {
  return $api.useQuery("get", "/api/contacts/{id}/preferences-link", { params: { path: { id } } });
}
