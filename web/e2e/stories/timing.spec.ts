import type { Page } from "@playwright/test";
import { linkMailedTo, received, receivedTwice } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import {
  type Api,
  apiOf,
  draftCampaign,
  importPeople,
  makeWorkspace,
  unique,
  type Workspace,
} from "../workspace";

const list = "Guests";
const people = 6;
const bob = { email: `${unique("bob")}@pillai.example`, password: "jackfruit-and-coconut" };

let workspace: Workspace;
let api: Api;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  workspace = await makeWorkspace("Pillai");
  api = await apiOf(workspace.owner);
  await importPeople(api, list, peopleFile(60, people));
});

test("a campaign is scheduled for everybody's own clock, and taken off again", async ({ page }) => {
  await signIn(page, workspace.owner);
  await review(page, "Onam everywhere");
  await page.getByRole("radio", { name: /At everybody's own time/ }).click();
  await expect(card(page, "When it is done")).toContainText("6 people, done");
  await expectAccessible(page);
  await photograph(page, "schedule-local");
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await confirm(page, "Schedule");
  await expect(page.getByText(/^Everybody gets it on .* at 10:00 of their own clock$/)).toBeVisible();
  await expect(card(page, "When it is done")).toContainText("6 people, done");
  await page.getByRole("button", { name: "Actions for Onam everywhere" }).click();
  await page.getByRole("menuitem", { name: "Make it a draft" }).click();
  await confirm(page, "Make it a draft");
  await expect(page.getByRole("button", { name: "Start now" })).toBeVisible();
});

test("a campaign repeats on weekdays, is paused, and stopped for good", async ({ page }) => {
  await signIn(page, workspace.owner);
  await review(page, "Weekday news");
  await page.getByRole("radio", { name: /Again and again/ }).click();
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await mark(page, day, true);
  for (const day of ["Saturday", "Sunday"]) await mark(page, day, false);
  await expect(page.getByText("Every weekday at 10:00, not on holidays")).toBeVisible();
  await expectAccessible(page);
  await photograph(page, "schedule-repeat");
  await page.getByRole("button", { name: "Start the series" }).click();
  await confirm(page, "Start the series");
  const series = card(page, "Repeats");
  await expect(series).toContainText("Every weekday at 10:00, not on holidays");
  await expect(card(page, "Runs so far")).toContainText("It has not run yet.");
  await series.getByRole("button", { name: "Pause" }).click();
  await expect(series).toContainText("Paused");
  await series.getByRole("button", { name: "Resume" }).click();
  await expect(series.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("button", { name: "Actions for Weekday news" }).click();
  await page.getByRole("menuitem", { name: "Stop the series" }).click();
  await confirm(page, "Stop the series");
  await expect(page.getByText("Stopped: it does not run again.")).toBeVisible();
});

test("holidays are kept in the settings", async ({ page }) => {
  await signIn(page, workspace.owner);
  await page.goto("/settings");
  const holidays = card(page, "Holidays");
  await holidays.getByRole("button", { name: "Add India's national holidays" }).click();
  await expect(holidays.getByText("Independence Day")).toBeVisible();
  await expect(holidays.getByText("15 August, every year")).toBeVisible();
  await holidays.getByLabel("Name of a holiday").fill("दिवाली 🪔");
  await holidays.getByLabel("Day", { exact: true }).fill("2027-10-29");
  await holidays.getByRole("button", { name: "Add", exact: true }).click();
  await expect(holidays.getByText("दिवाली 🪔")).toBeVisible();
  await holidays.getByRole("button", { name: "Remove दिवाली 🪔" }).click();
  await expect(holidays.getByText("दिवाली 🪔")).toHaveCount(0);
  await expectAccessible(page);
  await photograph(page, "settings-holidays");
});

test("above a budget a second person lets it go out", async ({ page, another }) => {
  await signIn(page, workspace.owner);
  await page.goto("/settings");
  const approval = card(page, "Approval");
  await approval.getByLabel("Approval above").fill("1");
  await approval.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Approval needed above that")).toBeVisible();
  await review(page, "Grand sale");
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await page
    .getByRole("alertdialog")
    .getByLabel(/A word to them/)
    .fill("कृपया देखें 🙏");
  await photograph(page, "approval-ask");
  await confirm(page, "Ask for approval");
  await expect(card(page, "Waiting for a second person")).toContainText("Somebody else must answer.");
  const address = page.url();

  const second = await another();
  await join(second);
  await second.goto(address);
  const asked = card(second, "Waiting for a second person");
  await expect(asked).toContainText("कृपया देखें 🙏");
  await expectAccessible(second);
  await expectNoSidewaysScroll(second);
  await photograph(second, "approval-answer");
  await asked.getByLabel(/Comment/).fill("Go ahead");
  await asked.getByRole("button", { name: "Approve" }).click();
  await expect
    .poll(async () => Object.keys(await received(workspace.phoneNumberId)).length, { message: "it goes out" })
    .toBe(people);
  expect(await receivedTwice(workspace.phoneNumberId)).toEqual([]);
  await expect(card(second, "Decisions")).toContainText("Go ahead");
  expect(await linkMailedTo(workspace.owner.email, /Grand sale was approved/)).toContain("/campaigns/");
});

/** A draft of everything, open at its last step. */
async function review(page: Page, name: string) {
  const id = await draftCampaign(api, name, list);
  await page.goto(`/campaigns/${id}/edit?step=review`);
  await expect(page.getByRole("radiogroup", { name: "Start" })).toBeVisible();
}

/** Marks a day of the week by the keyboard. */
async function mark(page: Page, day: string, on: boolean) {
  const box = page.getByRole("checkbox", { name: day });
  if ((await box.isChecked()) !== on) await box.press("Space");
  await expect(box).toBeChecked({ checked: on });
}

function card(page: Page, title: string) {
  return page
    .locator("section:not([aria-label])")
    .filter({ has: page.getByRole("heading", { name: new RegExp(`^${title}`), level: 2 }) });
}

async function confirm(page: Page, button: string) {
  const asked = page.getByRole("alertdialog");
  await asked.getByRole("button", { name: button }).click();
  await expect(asked).toBeHidden();
}

/** Bob joins as an admin. */
async function join(page: Page) {
  await api.post("/api/invitations", { email: bob.email, role: "admin" });
  await page.goto(await linkMailedTo(bob.email, /invit/i));
  await page.getByLabel("Your name").fill("Bob Menon");
  await page.getByLabel("Password", { exact: true }).fill(bob.password);
  await page.getByRole("button", { name: "Join workspace" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
}

async function photograph(page: Page, name: string) {
  const folder = process.env.AEROSTIC_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
