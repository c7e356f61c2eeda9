import { $api, type components } from "@aerostic/api-client";

export type Reading = components["schemas"]["ConsentReading"];

/** Reads a text as if a contact had written it; nothing changes. */
export function useTryConsent() {
  return $api.useMutation("post", "/api/consent/try");
}
