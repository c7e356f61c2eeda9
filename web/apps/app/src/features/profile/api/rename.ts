import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/features/auth/api/me";

/** Changes one's own name. */
export function useRename() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/me", {
    onSuccess: (account) => client.setQueryData(meQuery.queryKey, account),
  });
}
