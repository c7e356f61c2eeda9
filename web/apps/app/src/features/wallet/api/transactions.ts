import { $api, type components, type paths } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Transaction = components["schemas"]["BillingTransaction"];
export type TransactionQuery = NonNullable<paths["/api/wallet/transactions"]["get"]["parameters"]["query"]>;
export type TransactionKind = Transaction["kind"];

/** The statement, newest first. */
export function useTransactions(kind?: TransactionKind) {
  const query = { kind, limit: 100 };
  return $api.useInfiniteQuery("get", "/api/wallet/transactions", { params: { query } }, pages);
}
