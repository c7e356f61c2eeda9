import { test as bare, expect as expectBare } from "@playwright/test";
import { dev, sim } from "../dev";
import { expect, expectAccessible, expectLoaded, signIn, test } from "../fixtures";
import { mobile } from "../people";
import { apiOf, makeWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  workspace = await makeWorkspace("Rao");
});

test("a customer writes and the bell tells, until it is read", async ({ page }) => {
  await signIn(page, workspace.owner);
  await page.goto("/overview");
  await expect(page.getByRole("button", { name: "Notifications", exact: true })).toBeVisible();
  await sim("inbound", { phone_number_id: workspace.phoneNumberId, from: mobile(80, 1), text: "नमस्ते" });
  await page.getByRole("button", { name: "Notifications, 1 not read" }).click();
  const panel = page.getByRole("dialog", { name: "Notifications" });
  const told = panel.getByRole("button", { name: /wrote to you; nobody has the conversation/ });
  await expect(told).toContainText("नमस्ते");
  await expectAccessible(page);
  await told.click();
  await expect(page).toHaveURL(/\/inbox\//);
  await expect(page.getByRole("button", { name: "Notifications", exact: true })).toBeVisible();
});

test("a person chooses what they are told, and when not", async ({ page }) => {
  await signIn(page, workspace.owner);
  await page.goto("/settings/notifications");
  const way = page.getByRole("checkbox", { name: "A campaign of mine was stopped: Mail" });
  await expect(way).toBeChecked();
  await way.click();
  await page.getByRole("switch", { name: "Keep quiet hours" }).click();
  await page.getByLabel("Until").fill("07:30");
  await page.getByRole("checkbox", { name: "Sunday" }).click();
  await expectLoaded(page);
  await expectAccessible(page);
  await page.reload();
  await expect(way).not.toBeChecked();
  await expect(page.getByLabel("Until")).toHaveValue("07:30");
  await expect(page.getByRole("checkbox", { name: "Sunday" })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Monday" })).toBeChecked();
});

// Without the watch: a browser without a line logs every call that fails.
const offline = bare.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
  baseURL: async ({}, use) => use(dev().url),
});

offline.describe("without a line", () => {
  offline.use({ serviceWorkers: "allow" });

  offline(
    "the inbox is there as it was seen last, and what is written goes out once",
    async ({ page, context }) => {
      await signIn(page, workspace.owner);
      await page.goto("/inbox");
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await page.reload(); // now the worker keeps what it loads
      await page.getByText("नमस्ते").first().click();
      await expectBare(page).toHaveURL(/\/inbox\/[0-9a-f-]{36}/);
      const write = page.getByRole("textbox", { name: /^Reply to/ });
      await expectBare(write).toBeVisible();
      await expectBare.poll(() => page.evaluate(kept), { message: "list and thread are kept" }).toBe(true);

      await context.setOffline(true);
      await page.reload();
      await expectBare(page.getByText("You are offline and see what was loaded last.")).toBeVisible();
      for (const words of ["First the blue one", "Then the red one"]) {
        await write.fill(words);
        await write.press("Enter");
        await expectBare(page.getByText(words).first()).toBeVisible();
      }
      await expectBare(page.getByText("2 messages go out when you are back.")).toBeVisible();
      await page.reload(); // what waits outlives the page
      await expectBare(page.getByText("Then the red one").first()).toBeVisible();

      await context.setOffline(false);
      await expectBare(page.getByText("You are offline")).toHaveCount(0);
      const api = await apiOf(workspace.owner);
      const said = async () => {
        const thread = new URL(page.url()).pathname.replace("/inbox/", "/api/conversations/");
        const { items } = await api.get<{ items: { message?: { direction: string; text?: string } }[] }>(
          `${thread}/thread?limit=50`,
        );
        return items.flatMap(({ message }) => (message?.direction === "out" ? [message.text] : [])).reverse();
      };
      await expectBare.poll(said).toEqual(["First the blue one", "Then the red one"]);
    },
  );
});

/** Whether the browser's database holds a thread of the inbox, which is read after its list. */
function kept(): Promise<boolean> {
  return new Promise((resolve) => {
    const open = indexedDB.open("aerostic-cache");
    open.onerror = () => resolve(false);
    open.onsuccess = () => {
      const db = open.result;
      const done = (found: boolean) => {
        db.close();
        resolve(found);
      };
      if (!db.objectStoreNames.contains("queries")) return done(false);
      const read = db.transaction("queries").objectStore("queries").get("last");
      read.onerror = () => done(false);
      read.onsuccess = () =>
        done(JSON.stringify(read.result ?? "").includes("/api/conversations/{id}/thread"));
    };
  });
}
