import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { linkSettingsKey } from "./settings";

/** Looks for the record that proves a domain; the answer says what is missing. */
export function useVerifyDomain() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/link-domains/{id}/verify", {
    onSuccess: () => client.invalidateQueries({ queryKey: linkSettingsKey }),
  });
}
