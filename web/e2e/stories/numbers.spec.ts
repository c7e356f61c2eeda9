import type { Page } from "@playwright/test";
import { dev } from "../dev";
import { expect, signIn, test } from "../fixtures";
import { signUp } from "../workspace";

// The simulator's account that the demo data leaves free: “Your own business”.
const spare = { waba: "2000000000003", token: "EAASIM000003" };
const phone = /\+91 80000 00003/;

test("a number is connected by token, paused and resumed, and belongs to one workspace", async ({
  page,
  another,
  allowRefusal,
}) => {
  allowRefusal(/^\/api\/channels$/);
  const { owner } = await signUp("Rao");
  await signIn(page, owner);
  await page.goto("/numbers");
  await connect(page, spare.waba, "EAA-not-a-token");
  const dialog = page.getByRole("dialog", { name: "Connect a number" });
  await expect(dialog.getByRole("alert")).toContainText(/token/);
  await dialog.getByLabel("Access token").fill(spare.token);
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog).toBeHidden();
  const number = page
    .getByRole("heading", { name: "Your own business" })
    .locator("xpath=ancestor::header/..");
  await expect(number).toContainText(phone);
  await expect(number.getByText("Connected", { exact: true })).toBeVisible();
  await expect(number).toContainText("1,000 a second");

  await number.getByRole("button", { name: "Pause" }).click();
  const asked = page.getByRole("alertdialog", { name: /^Pause/ });
  await asked.getByLabel("Why").fill("Stock-taking until Monday");
  await asked.getByRole("button", { name: "Pause" }).click();
  await expect(number.getByText("Paused", { exact: true })).toBeVisible();
  await expect(number).toContainText("Stock-taking until Monday");
  await number.getByRole("button", { name: "Resume" }).click();
  await expect(number.getByText("Connected", { exact: true })).toBeVisible();

  const bloom = await another();
  await signIn(bloom, dev().logins.other_owner);
  await bloom.goto("/numbers");
  await connect(bloom, spare.waba, spare.token);
  await expect(bloom.getByRole("dialog").getByRole("alert")).toContainText(
    "already connected to another workspace",
  );
});

async function connect(page: Page, waba: string, token: string) {
  await page.getByRole("button", { name: "Connect a number" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Connect a number" });
  await dialog.getByLabel("WhatsApp Business Account id").fill(waba);
  await dialog.getByLabel("Access token").fill(token);
  await dialog.getByRole("button", { name: "Connect" }).click();
}
