import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { linkSettingsKey } from "./settings";

/** Puts a domain on the list, to be proven. */
export function useAddDomain() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/link-domains", {
    onSuccess: () => client.invalidateQueries({ queryKey: linkSettingsKey }),
  });
}
