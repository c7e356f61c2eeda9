import { Badge, type Tone } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { formatDateTime } from "@aerostic/ui/lib/format";
import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { ReceiptIndianRupee } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import {
  type Bill,
  byMethod,
  costOf,
  formatPaise,
  type Payment,
  reasonOf,
  subtotalOf,
  totalOf,
} from "../bill";
import type { ThreadMessage } from "../model";
import { useNow } from "../when";

interface BillViewProps {
  bill: Bill;
  text: string;
  footer?: string;
  message: Pick<ThreadMessage, "payment" | "state" | "here">;
  /** Asks WhatsApp where the payment stands. */
  onCheck?: () => Promise<unknown>;
}

/** What a person was asked to pay, and where the payment stands. */
export function BillView({ bill, text, footer, message, onCheck }: BillViewProps) {
  const sums = [
    { label: "Tax", amount: bill.tax },
    { label: "Delivery", amount: bill.delivery },
    { label: "Discount", amount: bill.discount, less: true },
  ].filter(({ amount }) => amount);
  return (
    <span className="flex min-w-56 flex-col gap-1.5">
      <span className="flex items-center gap-2 font-semibold">
        <ReceiptIndianRupee aria-hidden className="size-4 shrink-0 text-primary" />
        <span className="sr-only">Payment request for</span>
        {formatPaise(totalOf(bill))}
      </span>
      <span className="flex flex-col text-sm">
        {bill.items.map((item, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a bill that was sent never changes
            key={index}
            label={item.quantity === 1 ? item.name : `${item.quantity} × ${item.name}`}
            amount={costOf(item)}
          />
        ))}
        {sums.length > 0 && bill.items.length > 1 && (
          <Line label="Subtotal" amount={subtotalOf(bill)} quiet />
        )}
        {sums.map(({ label, amount = 0, less }) => (
          <Line key={label} label={label} amount={amount} less={less} quiet />
        ))}
      </span>
      <WhatsAppText links text={text} />
      {footer && <bdi className="text-muted-foreground text-xs">{footer}</bdi>}
      {message.payment && <Standing payment={message.payment} left={hasLeft(message)} onCheck={onCheck} />}
    </span>
  );
}

function Line({
  label,
  amount,
  less,
  quiet,
}: {
  label: string;
  amount: number;
  less?: boolean;
  quiet?: boolean;
}) {
  return (
    <span
      className={`flex justify-between gap-4 border-foreground/10 border-t py-1 ${quiet ? "text-muted-foreground" : ""}`}
    >
      <bdi className="min-w-0 break-words">{label}</bdi>
      <span className="shrink-0 tabular-nums">
        {less && "−"}
        {formatPaise(amount)}
      </span>
    </span>
  );
}

const left = new Set(["accepted", "sent", "delivered", "read", "in_doubt", "unknown"]);

/** The person may have it, so there is something to ask about. */
const hasLeft = ({ state, here }: BillViewProps["message"]) => !here && left.has(state);

function Standing({
  payment,
  left,
  onCheck,
}: {
  payment: Payment;
  left: boolean;
  onCheck?: () => Promise<unknown>;
}) {
  const now = useNow();
  const { timezone } = useMe().tenant;
  const [asking, setAsking] = useState(false);
  if (!left && payment.status === "requested") return null; // the message itself says what became of it
  const { tone, word, detail } = standingOf(payment, now, (at) => formatDateTime(at, timezone));
  const settled = payment.status === "paid" || payment.status === "differs";
  const ask = async () => {
    setAsking(true);
    await onCheck?.().catch(() => undefined);
    setAsking(false);
  };
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 border-foreground/10 border-t pt-1.5 text-sm">
      <Badge tone={tone} dot>
        {word}
      </Badge>
      {detail && <span className="text-muted-foreground text-xs">{detail}</span>}
      {!settled && onCheck && (
        <Button variant="link" size="xs" className="ml-auto" loading={asking} onClick={ask}>
          Check again
        </Button>
      )}
    </span>
  );
}

/** Where a payment stands, in a word and a line. */
export function standingOf(
  payment: Payment,
  now: number,
  write: (at: string) => string,
): { tone: Tone; word: string; detail?: string } {
  const { status, paidAmount, paidCurrency, currency, paidAt, method, failure, expiresAt } = payment;
  const over = expiresAt !== undefined && Date.parse(expiresAt) <= now;
  switch (status) {
    case "paid":
      return { tone: "success", word: `Paid${byMethod(method)}`, detail: paidAt && write(paidAt) };
    case "differs": {
      const paid =
        paidAmount === undefined ? "Another amount" : formatPaise(paidAmount, paidCurrency || currency);
      return {
        tone: "warning",
        word: "Paid differently",
        detail: `${paid} instead of ${formatPaise(payment.amount, currency)}`,
      };
    }
    case "pending":
      return { tone: "info", word: "Pending", detail: "They paid; the bank has not confirmed it" };
    case "failed":
      return {
        tone: "danger",
        word: "Failed",
        detail: [failure && reasonOf(failure), over && "expired"].filter(Boolean).join(", ") || undefined,
      };
  }
  if (over) return { tone: "neutral", word: "Expired", detail: `Could be paid until ${write(expiresAt)}` };
  return { tone: "neutral", word: "Requested", detail: expiresAt && `Until ${write(expiresAt)}` };
}
