import type { Tone } from "@aerostic/ui/badge";
import { formatCount } from "@aerostic/ui/lib/format";
import type { Charge, TransactionDetails } from "./api/transaction";
import type { Transaction, TransactionKind } from "./api/transactions";

export const kindNames: Record<TransactionKind, string> = {
  topup: "Top-up",
  hold: "Hold",
  release: "Release",
  charge: "Charge",
  adjustment: "Adjustment",
};

export const kindTones: Record<TransactionKind, Tone> = {
  topup: "success",
  hold: "warning",
  release: "neutral",
  charge: "info",
  adjustment: "outline",
};

/** What a transaction did, in one line. */
export function describe({
  kind,
  messages,
  reason,
}: Pick<Transaction, "kind" | "messages" | "reason">): string {
  if (reason) return reason;
  const about = formatCount(messages, "message");
  switch (kind) {
    case "topup":
      return "Money added";
    case "hold":
      return `Held for ${about} on the way`;
    case "release":
      return `Given back for ${about} that cost nothing`;
    case "charge":
      return `${about} delivered`;
    case "adjustment":
      return `Price corrected for ${about}`;
  }
}

type Account = TransactionDetails["entries"][number]["account"];

/** The accounts of the ledger, as an owner of a shop would call them. */
export const accountNames: Record<Account, { name: string; note: string }> = {
  available: { name: "Available balance", note: "What can be spent" },
  held: { name: "Held", note: "Set aside for messages on the way" },
  base_cost: { name: "WhatsApp", note: "Meta's price of the messages" },
  markup: { name: "Markup", note: "What the platform adds" },
  funding: { name: "Paid in", note: "Money from outside" },
};

export const chargeNames: Record<Charge["kind"], string> = {
  message_charged: "Charged",
  message_released: "Released",
  message_adjusted: "Adjusted",
};

/** The sum of the entries, which is zero in a ledger that balances. */
export function sumOf(entries: TransactionDetails["entries"]): number {
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}
