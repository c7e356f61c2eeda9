import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import { card, settled, sum } from "../report";
import { type Api, apiOf, importPeople, makeWorkspace } from "../workspace";

const people = 120;
// Where everybody ends: the simulator's phones read most, and none of these fails.
const ends = ["read", "only-delivered", "held_out"];

test("a campaign with two versions and a hold-out, from the wizard to a second campaign", async ({
  page,
}) => {
  const { owner } = await makeWorkspace("Rangoli");
  const api = await apiOf(owner);
  await importPeople(api, "Festival list", peopleFile(70, people));
  await signIn(page, owner);
  await test.step("write two versions", () => write(page));
  await test.step("read the report", () => read(page));
  await test.step("see what it earned", () => earn(page, api));
  await test.step("write again to those who did not read", () => again(page));
  await test.step("put campaigns side by side", () => compare(page));
  await test.step("cap the month", () => cap(page));
});

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true }).click();

async function write(page: Page) {
  await page.goto("/campaigns/new");
  await page.getByLabel("Campaign name").fill("रंगोली A/B 🎨");
  await next(page);
  await page.getByRole("radio", { name: /festival_offer/ }).check();
  await next(page);
  await page.getByRole("radio", { name: /Everyone/ }).check();
  const audience = page.getByText("People in the audience").locator("..");
  await expect(audience.getByText(String(people), { exact: true })).toBeVisible();
  await next(page);
  await expect(page.getByRole("combobox", { name: "Field" }).first()).toHaveText("First name");
  await page.getByLabel("If it is empty").first().fill("friend");
  await next(page);

  await page.getByRole("button", { name: "Compare with another version" }).click();
  const b = page.getByRole("region", { name: "Version B" });
  await expect(b.getByRole("combobox", { name: "Template" })).toHaveText(/festival_offer/);
  await b.getByRole("radio", { name: "Same for all" }).click();
  await b.getByLabel("Text", { exact: true }).fill("दोस्त");
  await expect(page.getByText(/Not enough people to tell/)).toBeVisible();
  await page.getByRole("switch", { name: "Hold some people out" }).click();
  await page.getByRole("combobox", { name: "Share" }).click();
  await page.getByRole("option", { name: "20 %" }).click();
  await page.getByRole("switch", { name: "Try failures again" }).click();
  await page.getByRole("switch", { name: "Let WhatsApp optimise delivery" }).click();
  await expect(page.getByText("Draft saved")).toBeVisible();
  await expectAccessible(page);
  await next(page);

  await expect(
    page.getByText(
      "2 versions · 20 % held out · failures tried again for 3 days · delivery: Optimised by WhatsApp",
    ),
  ).toBeVisible();
  await page.getByRole("radio", { name: "B", exact: true }).click();
  await expect(page.getByText(/Namaste दोस्त/)).toBeVisible();
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start now" }).click();
}

async function read(page: Page) {
  const counts = await settled(page, ends);
  expect(sum(counts)).toBe(people);
  expect(counts.held_out).toBeGreaterThan(5);
  const versions = page.getByRole("region", { name: "Versions compared" });
  await expect(versions.getByRole("row")).toHaveCount(3);
  await expect(card(page, "Versions")).toContainText(/Version [AB] is|No difference so far/);
  await expect(card(page, "What the campaign changed")).toContainText("Not enough people to tell");
  await expect(card(page, "What the campaign changed")).toContainText(`of ${counts.held_out}`);
  await page.getByRole("link", { name: /Held out/ }).click();
  const list = page.getByRole("table", { name: "People: Held out" });
  await expect(list.getByRole("row")).toHaveCount((counts.held_out ?? 0) + 1);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as CSV" }).click();
  expect((await downloading).suggestedFilename()).toContain(".csv");
  await page.goBack();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Who was written to buys more than who was held out. */
async function earn(page: Page, api: Api) {
  const id = page.url().match(/campaigns\/([0-9a-f-]+)/)?.[1];
  await api.post("/api/goals", { key: "purchase", name: "दिवाली sale", touch: "delivered", windowDays: 7 });
  const buy = async (outcome: string, most: number) => {
    const path = `/api/campaigns/${id}/recipients?outcome=${outcome}&limit=${most}`;
    const { items } = await api.get<{ items: { contactId: string }[] }>(path);
    const events = items.map(({ contactId }) => ({
      eventId: `order ${contactId}`,
      goal: "purchase",
      contact: { id: contactId },
      value: "500",
    }));
    await api.post("/api/conversions", { events });
    return events.length;
  };
  const buyers = await buy("read", 30);
  await buy("held_out", 2);
  await page.reload();
  const changed = card(page, "What the campaign changed");
  await expect(changed.getByRole("region", { name: "दिवाली sale" })).toContainText(`${buyers} of`);
  await expect(changed).toContainText("Revenue per person");
  await expect(card(page, "Versions")).toContainText("Converted");
  await expectAccessible(page);
}

async function again(page: Page) {
  await page.getByRole("button", { name: "Write again to" }).click();
  const item = page.getByRole("menuitem", { name: /Read, no reply/ });
  const people = Number((await item.textContent())?.replace(/\D/g, ""));
  expect(people).toBeGreaterThan(0);
  await item.click();
  await expect(page).toHaveURL(/step=audience/);
  const audience = page.getByText("People in the audience").locator("..");
  await expect(audience.getByText(String(people), { exact: true })).toBeVisible();
  await next(page);
  await next(page);
  await next(page);
  await expect(page.getByText("those that fit its conditions")).toBeVisible();
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start now" }).click();
  expect(sum(await settled(page, ends))).toBe(people);
}

async function compare(page: Page) {
  await page.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Compare" }).click();
  await page.getByRole("combobox", { name: "Add a campaign" }).click();
  await page.getByRole("option", { name: "रंगोली A/B 🎨", exact: true }).click();
  await expect(page.getByRole("region", { name: "Campaigns compared" }).getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
}

/** What the month took stands against a cap. */
async function cap(page: Page) {
  await page.goto("/wallet");
  await page.getByRole("button", { name: "Set a monthly cap" }).click();
  await page.getByLabel("At most in a month").fill("5,000");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(card(page, "This month")).toContainText("of ₹5,000.00");
  await expectAccessible(page);
}
