/* A customer's phone: what somebody writes on it reaches the business, and what the business sends is on it. */
import type { Page } from "@playwright/test";
import { dev } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "../fixtures";
import { mobile } from "../people";
import { makeWorkspace, type Workspace } from "../workspace";

const range = 96;
const customer = mobile(range, 1);

test("a customer writes, the business has it, and a tap on its answer comes back", async ({ page }) => {
  await page.goto(dev().phone_url);
  await expect(page.getByRole("heading", { name: "Acme Sarees" })).toBeVisible();

  const workspace = await makeWorkspace("Rangoli");
  await page.goto(new URL("/phone/", dev().phone_url).href);
  await page.getByRole("combobox", { name: "Business" }).selectOption(workspace.phoneNumberId);
  await page.getByLabel("Your phone number").fill(customer);
  await page.getByLabel("Your name").fill("आशा");
  await page.getByRole("button", { name: "Open the chat" }).click();
  await page.getByLabel("Message", { exact: true }).fill("नमस्ते 🙏 مرحبا");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "Delivered" }), "the webhook was accepted").toHaveCount(1);

  await answer(workspace);
  const log = page.getByRole("log");
  await expect(log.getByText("Shall we keep it?")).toBeVisible();
  await log.getByRole("button", { name: "Yes", exact: true }).click();
  await expect(page.getByRole("img", { name: "Delivered" }), "the tap was accepted").toHaveCount(2);
  await expectAccessible(page);
  await onASmallScreen(page);
});

/** What the business sends is sent here as the product does, so that this story is about the phone alone. */
async function answer({ phoneNumberId, token }: Workspace): Promise<void> {
  const reply = await fetch(`${dev().whatsapp_sim_url}/v25.0/${phoneNumberId}/messages`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: customer,
      type: "interactive",
      interactive: {
        type: "button",
        body: { text: "Shall we keep it?" },
        action: { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] },
      },
    }),
  });
  expect(reply.ok, await reply.text()).toBe(true);
}

async function onASmallScreen(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Settings of this phone" }).click();
  await expect(page.getByRole("switch", { name: "The phone is off" })).toBeVisible();
  await expectAccessible(page);
}
