// A bill of the business: the card in the chat, and the sheet in which it is paid.
import { pay as send } from "./api.js";
import { sheet } from "./dialog.js";
import { glyph, h } from "./dom.js";

/** Paise as people write them: ₹1,25,000.50. Whole numbers alone, so that nothing is rounded. */
export function rupees(paise) {
  const digits = String(paise).padStart(3, "0");
  return `₹${BigInt(digits.slice(0, -2)).toLocaleString("en-IN")}.${digits.slice(-2)}`;
}

const states = {
  captured: ["done", "Paid"],
  pending: ["waits", "Payment is being checked"],
  failed: ["fault", "Payment failed; try again"],
};

const line = (label, amount, kind) =>
  h("div", { class: kind ? `line ${kind}` : "line" }, h("span", { dir: "auto" }, label), h("span", {}, rupees(amount)));

const cost = ({ amount, quantity }) => Number(amount.value) * Number(quantity);

/** What a bill says in the chat. */
export function billCard(set, payment) {
  const items = set.order?.items ?? [];
  const [kind, words] = states[payment] ?? [];
  const more = items.length > 2 && h("small", {}, `and ${items.length - 2} more`);
  return h(
    "div",
    { class: "bill" },
    h("div", { class: "about" }, glyph("bag"), h("strong", {}, rupees(set.total_amount?.value ?? 0))),
    ...items.slice(0, 2).map((item) => h("p", { dir: "auto" }, `${item.quantity} × ${item.name}`)),
    more,
    kind && h("p", { class: `state ${kind}` }, words),
  );
}

/** What the button below a bill says; nothing once it is paid. */
export const billButton = (payment) => payment !== "captured" && "Review and pay";

/** Shows the whole bill and lets the person pay it, fail to, or leave it. */
export async function payBill(message, { bill }) {
  const { order, total_amount: total } = bill;
  const ends = order.expiration && new Date(Number(order.expiration.timestamp) * 1000).toLocaleString();
  const body = h(
    "div",
    { class: "bill whole" },
    ...order.items.map((item) => line(`${item.quantity} × ${item.name}`, cost(item))),
    h("hr"),
    line("Subtotal", order.subtotal.value),
    order.tax.value > 0 && line("Tax", order.tax.value),
    order.shipping && line("Delivery", order.shipping.value),
    order.discount && line("Discount", order.discount.value, "less"),
    line("Total", total.value, "total"),
    ends && h("small", {}, `To be paid until ${ends}`),
  );
  const chosen = await sheet("Review and pay", body, [
    { label: `Pay ${rupees(total.value)} by UPI`, value: { outcome: "captured", method: "upi" }, primary: true },
    { label: "Pay, but let the bank take its time", value: { outcome: "pending", method: "upi" } },
    { label: "Let the payment fail", value: { outcome: "failed", method: "upi", reason: "incorrect_pin" } },
  ]);
  if (chosen) await send({ message: message.id, ...chosen });
}
