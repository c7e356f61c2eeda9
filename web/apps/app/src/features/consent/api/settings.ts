import { $api, type components } from "@aerostic/api-client";

export type ConsentSettings = components["schemas"]["ConsentSettings"];
export type Language = components["schemas"]["ConsentLanguage"];

/** Words, answers and texts of consent. */
export function useConsentSettings() {
  return $api.useQuery("get", "/api/consent/settings");
}
