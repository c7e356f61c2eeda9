/* The inbox as people work in it: together, against the clock, by search, on a phone and without a mouse. */
import type { Page } from "@playwright/test";
import { received, sim } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { mobile } from "../people";
import { join, makeWorkspace, type Workspace } from "../workspace";

const range = 97;
/** Nobody who wrote in another run. */
const newcomer = (n: number) => mobile(range, (Date.now() % 9_000) + n);
const dayAndNight = 24 * 3600;

/** A customer writes; `ago` is how many seconds ago by their own clock. */
async function write(
  phoneNumberId: string,
  from: string,
  name: string,
  text: string,
  ago = 0,
): Promise<void> {
  const at = Math.floor(Date.now() / 1000) - ago;
  await sim("inbound", { phone_number_id: phoneNumberId, from, name, text, at });
}

const log = (page: Page) => page.getByRole("log");
const row = (page: Page, name: string) =>
  page.getByRole("region", { name: "Conversations" }).getByText(name).first();

test("two colleagues in one conversation see each other and what the other does", async ({
  page,
  another,
}) => {
  const { owner, phoneNumberId: number } = await makeWorkspace("Malati");
  const customer = newcomer(1);
  await signIn(page, owner);
  await page.goto("/inbox");
  await write(number, customer, "लीला कपूर", "नमस्ते, कल तक आ जाएगा?");
  await row(page, "लीला कपूर").click();
  await expect(log(page).getByText("नमस्ते, कल तक आ जाएगा?")).toBeVisible();

  const colleague = await another();
  await join(colleague, owner, "Bob Menon");
  await colleague.goto(page.url());
  await expect(page.getByText(/here too$/)).toBeVisible();
  await colleague.getByRole("textbox", { name: /^Reply to/ }).pressSequentially("हाँ");
  await expect(page.getByText(/is typing$/)).toBeVisible();
  await colleague.getByRole("button", { name: "Assign", exact: true }).click();
  await colleague.getByRole("option", { name: /You/ }).click();
  await expect(
    page.getByRole("button", { name: /^Assigned to/ }),
    "the assignment is seen at once",
  ).toBeVisible();

  await colleague.getByRole("textbox", { name: /^Reply to/ }).press("Enter");
  await expect(log(page).getByText("हाँ", { exact: true })).toBeVisible();
  await expect(log(colleague).getByText("हाँ", { exact: true }), "never doubled").toHaveCount(1);
  await expect.poll(async () => (await received(number))[customer]).toBe(1);
  await expect(log(colleague).getByText(/^(Delivered|Read)\.$/)).toHaveCount(1);
  await expectAccessible(page);
});

test.describe("one's own workspace", () => {
  let workspace: Workspace;
  test.beforeAll(async () => {
    workspace = await makeWorkspace("Bela");
  });
  test.beforeEach(async ({ page }) => signIn(page, workspace.owner));

  test("the window closes while one types, and a template goes instead", async ({ page }) => {
    const customer = newcomer(2);
    await write(workspace.phoneNumberId, customer, "Kabir Pillai", "Is it still valid?", dayAndNight - 45);
    await page.goto("/inbox");
    await row(page, "Kabir Pillai").click();
    const reply = page.getByRole("textbox", { name: "Reply to Kabir" });
    await reply.fill("Yes, until Sunday");
    await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
    const choose = page.getByRole("button", { name: "Choose a template" });
    await expect(choose, "nothing but time has passed").toBeVisible({ timeout: 60_000 });
    await choose.click();
    await page.getByRole("button", { name: /festival_offer/ }).click();
    await page.getByLabel("{{1}} in the text").fill("Kabir");
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await expect(log(page).getByText("Namaste Kabir, our festival offer is here")).toBeVisible();
    await expect(reply, "what was written is kept").toHaveValue("Yes, until Sunday");
    await expect.poll(async () => (await received(workspace.phoneNumberId))[customer]).toBe(1);
  });

  test("a word of a message is found in Hindi, on a phone too", async ({ page }) => {
    await write(workspace.phoneNumberId, newcomer(3), "आशा देवी", "मेरी बनारसी साड़ी कब आएगी?");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/inbox");
    await expect(row(page, "आशा देवी")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByLabel("Search people and messages").fill("बनार");
    const found = page.getByRole("region", { name: "Results" }).getByRole("link", { name: /बनारसी साड़ी/ });
    await found.click();
    await expect(log(page).getByText("मेरी बनारसी साड़ी कब आएगी?")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "आशा देवी" })).toBeVisible();
    await expect(
      page.getByRole("navigation", { name: "Main" }),
      "the thread has the whole screen",
    ).toHaveCount(0);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole("link", { name: "All conversations" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  });

  test("everything is done without a mouse", async ({ page }) => {
    await write(workspace.phoneNumberId, newcomer(4), "Meera Iyer", "Do you ship to Kochi?");
    await page.goto("/inbox");
    await expect(row(page, "Meera Iyer")).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(log(page).getByText("Do you ship to Kochi?")).toBeVisible();

    await page.keyboard.press("n");
    await page.keyboard.type("Two days by air");
    await page.keyboard.press("Enter");
    await expect(log(page).getByText("Two days by air")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.keyboard.type("We do!");
    await page.keyboard.press("Control+Enter");
    await expect(log(page).getByText("We do!")).toBeVisible();
    await expect(page.getByRole("button", { name: "Open again" })).toBeVisible();
  });
});
