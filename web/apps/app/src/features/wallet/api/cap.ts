import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { walletQuery } from "./balance";

/** Sets or removes what a calendar month may take. */
export function useSetCap() {
  const client = useQueryClient();
  return $api.useMutation("put", "/api/wallet/cap", {
    onSuccess: () => client.invalidateQueries({ queryKey: walletQuery.queryKey }),
  });
}
