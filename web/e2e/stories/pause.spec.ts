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

let workspace: Workspace;
let api: Api;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  workspace = await makeWorkspace("Kumar");
  api = await apiOf(workspace.owner);
  await importPeople(api, list, peopleFile(range, people));
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
