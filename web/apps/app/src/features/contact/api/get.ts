import { $api } from "@aerostic/api-client";

/** One contact. */
export function useContact(id: string) {
  return $api.useQuery("get", "/api/contacts/{id}", { params: { path: { id } } });
}
