import { $api } from "@aerostic/api-client";

/** The words a workspace begins with; asked for when somebody wants them back. */
export function useDefaultWords() {
  return $api.useQuery("get", "/api/consent/default-words", undefined, { enabled: false });
}
