/* Money is asked for in a conversation and paid on the customer's phone, and both sides see it. */
import { dev, sim } from "../dev";
import { expect, expectAccessible, signIn, test } from "../fixtures";
import { mobile } from "../people";
import { makeWorkspace } from "../workspace";

const customer = mobile(95, Date.now() % 9_000);

test("an agent requests ₹1,250.50, the phone fails once and pays, and the bubble says Paid", async ({
  page,
  another,
}) => {
  const { owner, phoneNumberId: number, wabaId } = await makeWorkspace("Kanchi");
  const ways = [{ configuration_name: "kanchi-razorpay", provider_name: "RazorPay", status: "Active" }];
  await sim("wabas", { id: wabaId, payment_configurations: ways });
  const phone = await another();
  await phone.goto(
    `${new URL("/phone/", dev().phone_url)}?${new URLSearchParams({ number, from: customer, name: "आशा" })}`,
  );
  await phone.getByLabel("Message", { exact: true }).fill("How do I pay?");
  await phone.keyboard.press("Enter");

  await signIn(page, owner);
  await page.goto("/inbox");
  await page.getByRole("region", { name: "Conversations" }).getByText("आशा").first().click();
  const log = page.getByRole("log");
  await expect(log.getByText("How do I pay?")).toBeVisible();
  await page.getByRole("button", { name: "More to send" }).click();
  await page.getByRole("menuitem", { name: "Request payment" }).click();
  const form = page.getByRole("dialog", { name: "Request payment" });
  await form.getByLabel("Item 1", { exact: true }).fill("Cotton saree");
  await form.getByLabel("Price of item 1").fill("1,200.50");
  await form.getByLabel("Delivery").fill("50");
  await expect(form.getByRole("status")).toContainText("₹1,250.50");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Send", exact: true }).click();
  await expect(log.getByText("Requested")).toBeVisible();

  const chat = phone.getByRole("log");
  await expect(chat.getByText("₹1,250.50")).toBeVisible();
  await chat.getByRole("button", { name: "Review and pay" }).click();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Let the payment fail" }).click();
  await expect(log.getByText("incorrect pin")).toBeVisible();
  await log.getByRole("button", { name: "Check again" }).click();
  await expect(log.getByText("Failed", { exact: true }), "WhatsApp says the same").toBeVisible();
  await chat.getByRole("button", { name: "Review and pay" }).click();
  await phone.getByRole("button", { name: "Pay ₹1,250.50 by UPI" }).click();
  await expect(log.getByText("Paid by UPI", { exact: true })).toBeVisible();
  await expect(log.getByText("Paid ₹1,250.50 by UPI"), "told once in the thread").toHaveCount(1);
  await expect(log.getByRole("button", { name: "Check again" })).toHaveCount(0);
  await expect(chat.getByText("Paid", { exact: true })).toBeVisible();
  await expectAccessible(page);
});
