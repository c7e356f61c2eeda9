import { z } from "zod/mini";

/** What the wallet screen keeps in its address. */
export const walletSearch = z.object({
  tab: z.catch(z.optional(z.enum(["statement", "rates"])), undefined),
  kind: z.catch(z.optional(z.enum(["topup", "hold", "release", "charge", "adjustment"])), undefined),
  /** The transaction shown beside the statement. */
  transaction: z.catch(z.optional(z.string()), undefined),
});

export type WalletSearch = z.infer<typeof walletSearch>;
