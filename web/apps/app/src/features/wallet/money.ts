import { formatMoney } from "@aerostic/ui/lib/format";

/** A change of a balance: "+₹500.00", "−₹0.8631", "₹0.00". */
export function formatChange(amount: number, currency: string): string {
  const text = formatMoney({ amount: Math.abs(amount), currency });
  if (amount === 0) return text;
  return `${amount < 0 ? "−" : "+"}${text}`;
}
