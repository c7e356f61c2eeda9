import { dev, linkMailedTo } from "../dev";
import { expect, goTo, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import { apiOf, draftCampaign, importPeople, makeWorkspace, unique, type Workspace } from "../workspace";

let workspace: Workspace;
let campaign: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  workspace = await makeWorkspace("Nair");
  const api = await apiOf(workspace.owner);
  await importPeople(api, "Guests", peopleFile(30, 5));
  campaign = await draftCampaign(api, "Onam greetings", "Guests");
});

test("a colleague is invited as agent and may not send", async ({ page, another, allowRefusal }) => {
  const email = `${unique("bob")}@nair.example`;
  await signIn(page, workspace.owner);
  await page.goto("/team");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const invite = page.getByRole("dialog", { name: "Invite somebody" });
  await invite.getByLabel("Work email").fill(email);
  await invite.getByRole("radio", { name: /Agent/ }).check();
  await invite.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(email)).toHaveCount(2); // the list and the toast

  const bob = await another();
  await bob.goto(await linkMailedTo(email, /invit/i));
  await expect(bob.getByRole("heading", { name: "Join Nair" })).toBeVisible();
  await bob.getByLabel("Your name").fill("Bob Menon");
  await bob.getByLabel("Password", { exact: true }).fill("jackfruit-and-coconut");
  await bob.getByRole("button", { name: "Join workspace" }).click();
  await expect(bob.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  await goTo(bob, "Campaigns");
  await expect(bob.getByRole("table", { name: "Campaigns" })).toContainText("Onam greetings");
  await expect(bob.getByRole("link", { name: "New campaign" })).toHaveCount(0);
  await bob.goto(`/campaigns/${campaign}`);
  await expect(bob.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(bob.getByRole("button", { name: /^Start/ })).toHaveCount(0);
  allowRefusal(/start$/);
  const agent = await bob.request.post("/api/auth/login", {
    data: { email, password: "jackfruit-and-coconut" },
  });
  const { accessToken } = (await agent.json()) as { accessToken: string };
  const start = await bob.request.post(`/api/campaigns/${campaign}/start`, {
    headers: { Authorization: `Bearer ${accessToken}`, "Idempotency-Key": unique("start") },
    data: {},
  });
  expect(start.status()).toBe(403);

  await page.reload();
  await expect(page.getByText("Bob Menon")).toBeVisible();
});

test("another workspace's owner finds nothing behind a campaign's address", async ({
  page,
  allowRefusal,
}) => {
  allowRefusal(/^\/api\/campaigns\//);
  await signIn(page, dev().logins.other_owner);
  await page.goto(`/campaigns/${campaign}`);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByText("Onam greetings")).toHaveCount(0);
  await goTo(page, "Campaigns");
  await expect(page.getByText("Onam greetings")).toHaveCount(0);
});
