import { createHmac } from "node:crypto";
import { dev } from "../dev";
import { expect, goTo, signIn, signInByForm, test } from "../fixtures";
import { signUp } from "../workspace";

test("the operator adds money, and the workspace sees it with the reason", async ({ page, another }) => {
  const { owner } = await signUp("Menon");
  const ann = await another();
  await signIn(ann, owner);
  await ann.goto("/wallet");
  await expect(ann.getByText("Nothing happened yet")).toBeVisible();

  await page.goto("/login");
  await signInByForm(page, dev().logins.platform);
  await goTo(page, "Platform");
  await page.getByRole("radio", { name: "Newest" }).click();
  await page.getByRole("button", { name: "Add money to Menon" }).click();
  const dialog = page.getByRole("dialog", { name: "Add money to Menon" });
  await dialog.getByLabel("Amount in INR").fill("2,500.50");
  await dialog.getByRole("button", { name: "Add money" }).click();
  await expect(dialog.getByText("Say what it is for; the workspace reads it too.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Bank transfer HDFC 4711");
  await dialog.getByRole("button", { name: "Add money" }).click();
  await expect(dialog).toBeHidden();

  await ann.reload();
  await expect(ann.getByRole("link", { name: "Bank transfer HDFC 4711" })).toBeVisible();
  await expect(ann.getByText("₹2,500.50").first()).toBeVisible();
});

test("what Meta tells about an unknown number waits for the operator", async ({ page }) => {
  const unknown = `19${Date.now()}`;
  expect(await tellStatus(unknown)).toBe(200);
  await signIn(page, dev().logins.platform);
  await expect(async () => {
    await page.goto("/platform?tab=webhooks");
    await expect(page.getByText(unknown).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
});

/** A signed delivery report about a message of a number that nobody connected. */
async function tellStatus(phoneNumberId: string): Promise<number> {
  const status = {
    id: `wamid.${phoneNumberId}`,
    status: "delivered",
    timestamp: `${Math.floor(Date.now() / 1000)}`,
    recipient_id: "919845011001",
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "919800000000", phone_number_id: phoneNumberId },
    statuses: [status],
  };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "2900000000000", changes: [{ field: "messages", value }] }],
  });
  const signature = createHmac("sha256", dev().app_secret).update(body).digest("hex");
  const reply = await fetch(dev().webhook_url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${signature}` },
    body,
  });
  return reply.status;
}
