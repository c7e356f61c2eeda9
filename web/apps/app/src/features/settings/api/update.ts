import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/features/auth/api/me";

/** Changes the settings that the body names. */
export function useUpdateWorkspace() {
  const client = useQueryClient();
  return $api.useMutation("patch", "/api/workspace", {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["get", "/api/workspace"] }),
        client.invalidateQueries({ queryKey: meQuery.queryKey }),
      ]),
  });
}
