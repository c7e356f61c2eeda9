import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { refreshThread } from "../cache";

/** The ways of a number to take money, as set up in WhatsApp Manager; asked of WhatsApp. */
export function usePaymentConfigurations(channel: string) {
  return $api.useQuery(
    "get",
    "/api/channels/{id}/payment-configurations",
    { params: { path: { id: channel } } },
    { staleTime: 60_000, retry: false },
  );
}

/** Asks WhatsApp where the payment of a message stands; the thread then shows it. */
export function useCheckPayment() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/conversations/{id}/messages/{messageId}/check-payment", {
    onSuccess: (_, { params }) => refreshThread(client, params.path.id),
  });
}
