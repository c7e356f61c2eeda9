import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

/** Replaces words, answers and texts of consent. */
export function useSaveConsentSettings() {
  const client = useQueryClient();
  return $api.useMutation("put", "/api/consent/settings", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/consent/settings"] }),
  });
}
