import type { Page } from "@playwright/test";
import { received, receivedTwice } from "../dev";
import { expect, signIn, test } from "../fixtures";
import { mobile, peopleFile } from "../people";
import { handled, settled, sum } from "../report";
import { type Api, apiOf, importPeople, makeWorkspace, startCampaign, type Workspace } from "../workspace";

// At 80 a second there is time to change one's mind.
const people = 600;
const range = 20;
const list = "Festival list";
// Enough that it is still on its way when a slow machine has found the menu.
const crowd = 4000;
const crowdRange = 21;
const crowdList = "Everybody we know";

let workspace: Workspace;
let api: Api;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  workspace = await makeWorkspace("Kumar");
  api = await apiOf(workspace.owner);
  await importPeople(api, list, peopleFile(range, people));
  await importPeople(api, crowdList, peopleFile(crowdRange, crowd));
});

test("paused and resumed, everybody gets it once", async ({ page }) => {
  await signIn(page, workspace.owner);
  const id = await startCampaign(api, "Holi early access", list);
  await page.goto(`/campaigns/${id}`);
  await expect.poll(() => handled(page), { message: "it sends" }).toBeGreaterThan(40);

  await act(page, "Pause", "Pause");
  await expect(page.getByText(/^Paused with \d+ people waiting$/)).toBeVisible();
  const after = await quiet(page);
  expect(after).toBeLessThan(people);

  await act(page, "Resume", "Resume");
  const shown = await settled(page, ["read", "only-delivered"]);
  expect(sum(shown)).toBe(people);
  const got = await received(workspace.phoneNumberId);
  expect(Object.keys(got).sort()).toEqual(Array.from({ length: people }, (_, n) => mobile(range, n)).sort());
  expect(await receivedTwice(workspace.phoneNumberId)).toEqual([]);
});

test("cancelled on its way, the rest never gets it and pays nothing", async ({ page }) => {
  await signIn(page, workspace.owner);
  const before = sum(await received(workspace.phoneNumberId));
  const id = await startCampaign(api, "Second thoughts", crowdList);
  await page.goto(`/campaigns/${id}`);
  await expect.poll(() => handled(page), { message: "it sends" }).toBeGreaterThan(40);

  await page.getByRole("button", { name: "Actions for Second thoughts" }).click();
  await page.getByRole("menuitem", { name: "Cancel" }).click();
  const asked = page.getByRole("alertdialog", { name: "Cancel Second thoughts?" });
  await expect(asked).toContainText("cannot be recalled");
  await asked.getByRole("button", { name: "Cancel campaign" }).click();

  const shown = await settled(page, ["read", "only-delivered", "cancelled"]);
  expect(sum(shown)).toBe(crowd);
  expect(shown.cancelled).toBeGreaterThan(0);
  const got = sum(await received(workspace.phoneNumberId)) - before;
  expect(got + (shown.cancelled ?? 0)).toBe(crowd);
  const wallet = await api.get<{ held: { amount: number } }>("/api/wallet");
  expect(wallet.held.amount).toBe(0);
});

async function act(page: Page, button: string, confirm: string) {
  await page.getByRole("button", { name: button, exact: true }).click();
  const asked = page.getByRole("alertdialog");
  await asked.getByRole("button", { name: confirm }).click();
  await expect(asked).toBeHidden();
}

/** What was on the wire at the pause still arrives; says how many have it once that is over. */
async function quiet(page: Page): Promise<number> {
  const shown = await settled(page, ["read", "only-delivered", "waiting"]);
  const got = sum(await received(workspace.phoneNumberId));
  expect(got).toBe(people - (shown.waiting ?? 0));
  return got;
}
