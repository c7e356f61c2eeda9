import { $api, type components } from "@aerostic/api-client";

export type Wallet = components["schemas"]["BillingWallet"];

export const walletQuery = $api.queryOptions("get", "/api/wallet");

/** What can be spent and what is held for messages on their way. */
export function useWallet() {
  return $api.useQuery("get", "/api/wallet");
}
