/* A sequence from an empty page to who replied: an event lets somebody in, the reply ends it. */
import type { Page } from "@playwright/test";
import { received, sim } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { mobile, peopleFile } from "../people";
import { type Api, apiOf, importPeople, makeWorkspace, type Workspace } from "../workspace";

const range = 95;

let workspace: Workspace;
let api: Api;

test.beforeAll(async () => {
  workspace = await makeWorkspace("Bose");
  api = await apiOf(workspace.owner);
  await importPeople(api, "Customers", peopleFile(range, 3));
});

test("an event starts a sequence, and who replies gets no further step", async ({ page }) => {
  await signIn(page, workspace.owner);
  await page.goto("/sequences");
  await expect(page.getByText("No sequences yet")).toBeVisible();
  await page.getByRole("button", { name: "New", exact: true }).first().click();
  await page.getByRole("menuitem", { name: "New sequence" }).click();
  await page.getByLabel("Name").fill("After the order 🪔");
  await page.getByRole("button", { name: "Make" }).click();

  // Two steps: one at once that says a value of the event, one three days later.
  await page.getByRole("radio", { name: /^An event/ }).click();
  await page.getByLabel("Event", { exact: true }).fill("order.paid");
  await page.getByRole("radio", { name: /^Every time/ }).click();
  await pickTemplate(page, 1);
  await step(page, 1).getByRole("radio", { name: "From the event" }).click();
  await step(page, 1).getByLabel("Value of the event").fill("customer");
  await page.getByRole("button", { name: "Add a step" }).click();
  await step(page, 2).getByLabel("Wait after the step before").fill("3");
  await pickTemplate(page, 2);
  await expect(step(page, 2)).toContainText("After 3 days");
  await expect(step(page, 2)).toContainText("festival offer is here");
  await expectAccessible(page);
  await photograph(page, "sequence-editor");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await photograph(page, "sequence-editor-phone");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await expect(page.getByText("POST http")).toBeVisible();

  // The shop tells the same order twice, and gets the same answer; the person gets it once.
  const asha = mobile(range, 0);
  const order = {
    eventId: "order-1",
    name: "order.paid",
    contact: { phone: `+${asha}` },
    values: { customer: "आशा जी" },
  };
  const answer = await api.post("/api/events", order);
  expect(await api.post("/api/events", order)).toEqual(answer);
  await expect.poll(() => received(workspace.phoneNumberId)).toEqual({ [asha]: 1 });
  const first = page.getByRole("list", { name: "The way through" }).getByRole("listitem").nth(1);
  await expect(first.getByRole("listitem").filter({ hasText: "Delivered" })).toContainText("100.0%");
  await expect(page.getByText("order-1", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Inside now" }).click();
  await expect(page.getByRole("row", { name: /Asha Sharma/ })).toContainText("Inside");
  await expectAccessible(page);

  await sim("inbound", {
    phone_number_id: workspace.phoneNumberId,
    from: asha,
    name: "Asha",
    text: "धन्यवाद!",
  });
  await expect(page.getByText("Nobody here now")).toBeVisible();
  await page.getByRole("radio", { name: "Left" }).click();
  await expect(page.getByRole("row", { name: /Asha Sharma/ })).toContainText("They wrote back.");
  await photograph(page, "sequence-people");
  await page.getByRole("link", { name: "Back to the sequence" }).click();
  await expect(page.getByText("Left after it: They wrote back.")).toBeVisible();
  await expectAccessible(page);
  await photograph(page, "sequence-page");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await photograph(page, "sequence-page-phone");
});

function step(page: Page, number: number) {
  return page.getByRole("heading", { name: `Step ${number}` }).locator("xpath=ancestor::section[1]");
}

async function pickTemplate(page: Page, number: number) {
  await step(page, number).getByRole("combobox", { name: "Template" }).click();
  await page.getByRole("option", { name: /festival_offer/ }).click();
}

/** With AEROSTIC_SHOTS=folder, a picture of the whole page. */
async function photograph(page: Page, name: string) {
  const folder = process.env.AEROSTIC_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
