import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { linkSettingsKey } from "./settings";

/** Takes a domain off the list that is not proven. */
export function useRemoveDomain() {
  const client = useQueryClient();
  return $api.useMutation("delete", "/api/link-domains/{id}", {
    onSuccess: () => client.invalidateQueries({ queryKey: linkSettingsKey }),
  });
}
