import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { dev, received, receivedTwice } from "../dev";
import { expect, goTo, pick, signInByForm, test } from "../fixtures";
import { mobile, peopleFile } from "../people";
import { card, settled, sum } from "../report";
import { apiOf } from "../workspace";

const people = 1500;
const range = 1;
const acmeNumber = "1000000000001";
// Ends that make the simulator fail: never delivered (131026), and no answer whether it left.
const unreachable = "919845001026";
const inDoubt = "919845005000";

const file = [
  peopleFile(range, people).trimEnd(),
  `अदिति राव,+${unreachable},Indore`,
  `Farah,+${inDoubt},Pune`,
  "Wrong Number,12345,Pune",
  'Bad "Quotes" Here",+919845099994,"Pune" or Delhi',
  "No Number,,Surat",
  `Asha Again,+${mobile(range, 0)},Pune`,
  "",
].join("\r\n");
const sendable = people + 2;

test("a newcomer imports a file and a campaign reaches its people", async ({ page }) => {
  await test.step("sign in with the demo login", async () => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
    await signInByForm(page, dev().logins.owner);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  });
  await test.step("import contacts", () => importContacts(page));
  await test.step("write the campaign", () => writeCampaign(page));
  await test.step("watch it reach the end", () => watchIt(page));
  await test.step("read the report", () => readReport(page));
  await test.step("look at the money", () => lookAtMoney(page));
});

async function importContacts(page: Page) {
  await goTo(page, "Contacts");
  await page.getByRole("link", { name: "Import" }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: "diwali-customers.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(file),
  });
  await expect(page.getByText("What is in each column?")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Column Mobile becomes" })).toHaveText("Phone number");
  await expect(page.getByRole("table", { name: "First rows" })).toContainText("عائشة خان");
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("combobox", { name: "List" }).click();
  await page.getByPlaceholder("Search lists, or name a new one").fill("Diwali customers");
  await page.getByRole("option", { name: "New list “Diwali customers”" }).click();
  await page.getByRole("checkbox", { name: /Everybody in this file agreed/ }).check();
  await page.getByLabel("Where they agreed").fill("Shop counter");
  await page.getByLabel("Proof").fill("Signed card: “ऑफ़र भेजें”");
  await page.getByRole("button", { name: "Start import" }).click();

  await expect(page.getByText("Import finished: 1,502 people")).toBeVisible();
  await expect(page.getByText("3 rows need fixing and were left out.")).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the rows that need fixing" }).click();
  const errors = readFileSync(await (await downloading).path(), "utf8");
  expect(errors).toMatch(new RegExp(`^${people + 4},.+,Wrong Number,12345,Pune`, "m"));
  expect(errors).toMatch(new RegExp(`^${people + 5},.+Quotes`, "m"));
  expect(errors).toMatch(new RegExp(`^${people + 6},.+,No Number,,Surat`, "m"));
}

async function writeCampaign(page: Page) {
  await goTo(page, "Campaigns");
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByLabel("Campaign name").fill("Diwali early access 🪔");
  await page.getByRole("button", { name: "Next" }).click();

  await page.getByLabel("Search templates").fill("diwali");
  await page
    .getByRole("radio", { name: /diwali_offer/ })
    .first()
    .check();
  await page.getByRole("button", { name: "Next" }).click();

  await page.getByRole("radio", { name: /By segment, tag or list/ }).check();
  await pick(page, "Segments, tags and lists that get it", /Diwali customers/);
  await page.keyboard.press("Escape");
  await expect(page.getByText("1,502", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();

  // {{1}} is guessed from the greeting; people without a name are addressed all the same.
  await expect(page.getByRole("combobox", { name: "Field" }).first()).toHaveText("First name");
  await page.getByLabel("If it is empty").first().fill("friend");
  await page.getByRole("radio", { name: "Same for all" }).nth(1).click();
  await page.getByLabel("Text", { exact: true }).fill("20 %");
  await expect(page.getByText(/your 20 % discount is ready/)).toBeVisible();
  await expect(page.getByText("1 of 20")).toBeVisible();
  const firstSeen = await page.getByText(/^Hello .+, your 20 %/).textContent();
  await page.getByRole("button", { name: "Next person" }).click();
  await expect(page.getByText("2 of 20")).toBeVisible();
  await expect(page.getByText(/^Hello .+, your 20 %/)).not.toHaveText(firstSeen ?? "");
  await page.getByRole("button", { name: "Next", exact: true }).click();

  await expect(page.getByRole("button", { name: "Compare with another version" })).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();

  await expect(page.getByRole("table", { name: "Cost by market" })).toContainText("1,502");
  await page.getByRole("button", { name: "Start now" }).click();
  const asked = page.getByRole("alertdialog", { name: "Send to 1,502 people?" });
  await expect(asked).toContainText(/It costs at most ₹[\d,.]+/);
  await asked.getByRole("button", { name: "Start now" }).click();
}

async function watchIt(page: Page) {
  const bar = page.getByRole("progressbar", { name: "People handled" });
  await expect(bar).toHaveAttribute("aria-valuemax", String(sendable));
  await expect(bar).toHaveAttribute("aria-valuenow", String(sendable));
  await expect(page.getByText("100%", { exact: true })).toBeVisible();
}

async function readReport(page: Page) {
  // The phones report for a moment longer than the sending takes.
  const shown = await settled(page, ["failed", "only-delivered", "read"]);
  expect(sum(shown)).toBe(sendable);
  expect(shown.failed).toBe(1);
  await expect(card(page, "Where everybody is now").getByText("Together").locator("xpath=..")).toContainText(
    "1,502",
  );
  // A phone may still report that it was read meanwhile: then both are read again.
  await expect(async () => theListsAgree(page, await settled(page, Object.keys(shown)))).toPass();
  await nobodyTwice();

  // Read again every two seconds, the card may still name who was in doubt.
  await expect(card(page, "Not reached, and why").getByRole("link")).toHaveText(/^Failed/);
  await card(page, "Not reached, and why").getByRole("link").click();
  await expect(page.getByRole("table", { name: "People: Failed" })).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("button", { name: "अदिति राव" }).click();
  const explained = page.getByRole("dialog", { name: "अदिति राव" });
  await expect(explained).toContainText("131026");
  await expect(explained).toContainText("What happened");
  await expect(explained.getByText("Charged").locator("xpath=..")).toContainText("₹0.00");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Back to the report" }).click();
}

/** Every number opens as many people as it says. */
async function theListsAgree(page: Page, shown: Record<string, number>) {
  const id = /campaigns\/([^/?]+)/.exec(page.url())?.[1];
  const api = await apiOf(dev().logins.owner);
  for (const [group, outcome] of [
    ["read", "read"],
    ["only-delivered", "delivered"],
    ["failed", "failed"],
  ] as const) {
    const seen = new Set<string>();
    let after = "";
    do {
      const list = await api.get<{ items: { contactId: string }[]; next?: string }>(
        `/api/campaigns/${id}/recipients?outcome=${outcome}&limit=200&after=${after}`,
      );
      for (const { contactId } of list.items) seen.add(contactId);
      after = list.next ?? "";
    } while (after);
    expect(seen.size, `people behind ${group}`).toBe(shown[group]);
  }
}

/** Customers of the demo inbox: some were answered, each with one message. */
const inTheInbox = /^(91984501[12]0|971501234567)/;

/** Counted at the simulator: everybody of the file got one message, and nobody else any. */
async function nobodyTwice() {
  const got = await received(acmeNumber);
  const expected = [...Array.from({ length: people }, (_, n) => mobile(range, n)), unreachable, inDoubt];
  const campaign = Object.keys(got).filter((phone) => !inTheInbox.test(phone));
  expect(campaign.sort()).toEqual(expected.sort());
  expect(await receivedTwice(acmeNumber)).toEqual([]);
}

async function lookAtMoney(page: Page) {
  const cost = card(page, "Cost");
  const charged = amount(await cost.getByText("Charged", { exact: true }).locator("xpath=..").innerText());
  expect(charged).toBeGreaterThan(0);
  await expect(cost.getByText("Held", { exact: true }).locator("xpath=..")).toContainText("₹0.00");

  await goTo(page, "Wallet");
  await expect(stat(page, "Held")).toContainText("₹0.00");
  expect(amount(await stat(page, "Available").innerText())).toBe(50_000 * 10_000 - charged);
  const statement = page.getByRole("table", { name: "Statement" });
  await pick(page, "Kind", "Holds");
  await expect(statement.getByRole("link", { name: /^Held for/ }).first()).toBeVisible();
  await pick(page, "Kind", "Top-ups");
  await expect(statement.getByRole("link", { name: "Welcome credit" })).toBeVisible();
  await pick(page, "Kind", "Charges");
  await statement
    .getByRole("link", { name: /delivered$/ })
    .first()
    .click();
  const entries = page.getByRole("dialog").getByRole("table", { name: "Entries" });
  await expect(entries.getByRole("row", { name: /^Sum/ })).toContainText("₹0.00");
  await expect(entries).toContainText("Markup");
}

function stat(page: Page, label: string) {
  return page.getByText(label, { exact: true }).locator("xpath=..").first();
}

/** "₹1,234.5678" in ten-thousandths. */
function amount(text: string): number {
  const [, whole = "", part = ""] = /₹([\d,]+)(?:\.(\d+))?/.exec(text) ?? [];
  return Number(whole.replaceAll(",", "") + part.padEnd(4, "0"));
}
