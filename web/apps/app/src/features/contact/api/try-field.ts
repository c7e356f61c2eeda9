import { $api, type components } from "@aerostic/api-client";

export type FieldForm = components["schemas"]["ContactFieldForm"];
export type Tried = components["schemas"]["ContactTried"];

/** What another type would do to a field's values; changes nothing. */
export function useTryField() {
  return $api.useMutation("post", "/api/fields/{key}/try");
}
