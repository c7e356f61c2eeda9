/*
 * What a person is asked to pay inside WhatsApp, as whatsapp.Bill writes it. Amounts are whole paise: what is
 * typed is read digit by digit, and nothing is ever divided or rounded.
 */
import { formatMoney } from "@aerostic/ui/lib/format";

export interface BillItem {
  name: string;
  /** Of one, in paise. */
  price: number;
  quantity: number;
}

export interface Bill {
  items: BillItem[];
  tax?: number;
  delivery?: number;
  discount?: number;
  gateway: string;
  configuration: string;
  expiresAt?: string;
}

/** Where a payment stands, as the thread tells it. */
export interface Payment {
  status: string;
  amount: number;
  currency: string;
  paidAmount?: number;
  paidCurrency?: string;
  method?: string;
  transaction?: string;
  reference: string;
  failure?: string;
  expiresAt?: string;
  paidAt?: string;
  checkedAt?: string;
}

/** The most that is asked for at once: one crore rupees. */
export const mostPaise = 1_00_00_000_00;
export const mostItems = 20;

/** "1,250.5" or "₹१२५०.५०" in paise; undefined when it is no amount of rupees, or too large. */
export function parseRupees(text: string): number | undefined {
  const typed = text
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\s,₹]/g, "");
  const match = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(typed);
  if (!match) return undefined;
  const paise = Number(`${match[1]}${(match[2] ?? "").padEnd(2, "0")}`);
  return paise <= mostPaise ? paise : undefined;
}

/** Paise as people read them: "₹1,25,000.50". */
export const formatPaise = (paise: number, currency = "INR"): string =>
  formatMoney({ amount: paise * 100, currency });

export const costOf = ({ price, quantity }: BillItem): number => price * quantity;

export function subtotalOf({ items }: Pick<Bill, "items">): number {
  return items.reduce((sum, item) => sum + costOf(item), 0);
}

export function totalOf(bill: Pick<Bill, "items" | "tax" | "delivery" | "discount">): number {
  return subtotalOf(bill) + (bill.tax ?? 0) + (bill.delivery ?? 0) - (bill.discount ?? 0);
}

const methods: Record<string, string> = { upi: "UPI", netbanking: "net banking" };

/** "by UPI", "by card"; nothing when the gateway does not tell. */
export const byMethod = (method?: unknown): string =>
  typeof method === "string" && method ? ` by ${methods[method] ?? method}` : "";

/** A gateway's reason in words: "incorrect_pin" is "incorrect pin". */
export const reasonOf = (failure: string): string => failure.replaceAll("_", " ").toLowerCase();
