import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { linkSettingsKey } from "./settings";

/** Makes new links stand on a domain, or no longer. */
export function useUseDomain() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/link-domains/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: linkSettingsKey }),
  });
}
