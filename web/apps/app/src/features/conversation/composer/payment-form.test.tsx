import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import type { Draft } from "./compose";
import { PaymentForm } from "./payment-form";

const answer = vi.hoisted(() => ({
  now: {} as { data?: { items: object[] }; isPending?: boolean; error?: object },
}));
vi.mock("../api/payment", () => ({ usePaymentConfigurations: () => answer.now }));

const razorpay = { name: "acme-razorpay", gateway: "razorpay", active: true };
const untested = { name: "acme-payu", gateway: "payu", active: false };

beforeEach(() => {
  answer.now = { data: { items: [razorpay, untested] } };
});

function open() {
  const sent: Draft[] = [];
  render(<PaymentForm text="" channel="shop" onDone={(draft) => sent.push(draft)} />);
  return sent;
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

it("asks for what was typed, in whole paise", () => {
  const sent = open();
  const send = screen.getByRole("button", { name: "Send" });
  expect(send).toBeDisabled();
  expect(screen.queryByText("Goes to"), "only one can take money").toBeNull();
  type("Item 1", " Cotton saree ");
  type("Price of item 1", "62,500.25");
  type("Quantity of item 1", "2");
  expect(screen.getByRole("status")).toHaveTextContent("₹1,25,000.50");
  fireEvent.click(screen.getByRole("button", { name: "Add an item" }));
  expect(screen.getByRole("status")).toHaveTextContent("–");
  type("Item 2", "Wrapping");
  type("Price of item 2", "8.29");
  type("Tax", "१.१०");
  type("Discount", "9.39");
  expect(screen.getByRole("status")).toHaveTextContent("₹1,25,000.50");
  fireEvent.click(send);
  expect(sent).toHaveLength(1);
  const { body, bill } = sent[0]?.interactive ?? {};
  expect(sent[0]?.type).toBe("order_details");
  expect(body).toBe("Please pay here. Thank you!");
  expect(bill).toMatchObject({
    items: [
      { name: "Cotton saree", price: 6250025, quantity: 2 },
      { name: "Wrapping", price: 829, quantity: 1 },
    ],
    tax: 110,
    discount: 939,
    gateway: "razorpay",
    configuration: "acme-razorpay",
  });
  const days = (Date.parse(bill?.expiresAt ?? "") - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(3);
});

it.each([
  ["Price of item 1", "12.345"],
  ["Price of item 1", "0"],
  ["Quantity of item 1", "1.5"],
  ["Tax", "ten"],
  ["Discount", "101"],
  ["Message", " "],
])("does not send while %s is %s", (label, value) => {
  open();
  type("Item 1", "Saree");
  type("Price of item 1", "100");
  expect(screen.getByRole("button", { name: "Send" })).toBeEnabled();
  type(label, value);
  expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
});

it("says how prices are written", () => {
  open();
  expect(screen.queryByText(/^Write prices as/)).toBeNull();
  type("Price of item 1", "12,50.505");
  expect(screen.getByText(/^Write prices as 1,250.50/)).toBeVisible();
  type("Tax", "ten");
  expect(screen.getByText("As 99.50")).toBeVisible();
});

it("says where to set it up when the number cannot take money", () => {
  answer.now = { data: { items: [] } };
  open();
  expect(screen.getByText("This number cannot take money yet")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
});

it("lets one choose where several can take it", () => {
  answer.now = { data: { items: [razorpay, { ...untested, active: true }] } };
  open();
  expect(screen.getByLabelText("Goes to")).toBeVisible();
});
