import { $api, type components } from "@aerostic/api-client";

export type Explained = components["schemas"]["MessageExplained"];
export type Stage = components["schemas"]["MessageStage"];
export type Check = components["schemas"]["MessageCheck"];
export type Cost = components["schemas"]["MessageCost"];
export type PriceReason = components["schemas"]["BillingPriceReason"];

const final = ["read", "failed", "refused", "unknown", "expired", "cancelled", "duplicate", "received"];

/** Everything known of one message; read again until nothing more is expected. */
export function useExplained(id: string) {
  return $api.useQuery(
    "get",
    "/api/messages/{id}/explain",
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => (state.data && !final.includes(state.data.state) ? 3000 : false) },
  );
}
