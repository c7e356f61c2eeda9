import { $api, type components } from "@aerostic/api-client";

export type TransactionDetails = components["schemas"]["BillingTransactionDetails"];
export type Charge = components["schemas"]["BillingCharge"];

/** A transaction with its entries and, a page at a time, the messages behind it. */
export function useTransaction(id: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/wallet/transactions/{id}",
    { params: { path: { id }, query: { limit: 50 } } },
    {
      pageParamName: "after",
      initialPageParam: "",
      getNextPageParam: (last: TransactionDetails) => last.charges.next,
    },
  );
}
