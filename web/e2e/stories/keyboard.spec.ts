import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import { apiOf, importPeople, makeWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;

test.beforeAll(async () => {
  workspace = await makeWorkspace("Sen");
  await importPeople(await apiOf(workspace.owner), "Regulars", peopleFile(50, 3));
});

test.beforeEach(async ({ page }) => {
  await signIn(page, workspace.owner);
});

test("the first tab stop skips to the content", async ({ page }) => {
  await page.goto("/contacts");
  await expect(page.getByRole("table", { name: "Contacts" })).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("the palette and the G keys go anywhere", async ({ page }) => {
  await page.goto("/overview");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or jump to" });
  await expect(palette.getByPlaceholder("Search or jump to…")).toBeFocused();
  await page.keyboard.type("wall");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Wallet", level: 1 })).toBeVisible();
  await expect(palette).toBeHidden();

  await page.keyboard.press("Meta+k");
  await expect(palette).toBeVisible();
  await page.keyboard.type("no such thing");
  await expect(palette.getByText("Nothing of that name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();

  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(page.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
});

test("a dialog keeps the focus and gives it back", async ({ page }) => {
  await page.goto("/numbers");
  const opener = page.getByRole("button", { name: "Connect a number" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Connect a number" });
  await expect(dialog).toBeVisible();
  const stops = await dialog.locator("button, input, a[href]").count();
  for (let pressed = 0; pressed <= stops; pressed++) {
    await page.keyboard.press("Tab");
    expect(await focusIsIn(page, "[role=dialog]"), "focus after a tab").toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("a question asked from a menu gives the focus back to the menu's button", async ({ page }) => {
  await page.goto("/numbers");
  const menu = page.getByRole("button", { name: /^More for/ });
  await menu.focus();
  await page.keyboard.press("Enter");
  // A menu is seen a moment before it has the focus.
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Remove number" })).toBeFocused();
  await page.keyboard.press("Enter");
  const asked = page.getByRole("alertdialog", { name: /^Remove/ });
  await expect(asked.getByLabel("Type REMOVE to confirm")).toBeFocused();
  await expect(asked.getByRole("button", { name: "Remove number" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(asked).toBeHidden();
  await expect(menu).toBeFocused();
});

test("a campaign is made without a mouse", async ({ page }) => {
  await page.goto("/campaigns/new");
  const name = page.getByLabel("Campaign name");
  await name.focus();
  await page.keyboard.type("Baisakhi greetings");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("radio", { name: /festival_offer/ })).toBeVisible();
  await press(page, page.getByRole("radio", { name: /festival_offer/ }), "Space");
  await press(page, page.getByRole("button", { name: "Next", exact: true }), "Enter");

  const everyone = page.getByRole("radio", { name: /Everyone/ });
  await expect(everyone).toBeVisible();
  await press(page, everyone, "Space");
  await expect(page.getByText("All of them may get it")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Next", exact: true }), "Enter");

  await press(page, page.getByLabel("If it is empty"), "End");
  await page.keyboard.type("friend");
  await expect(page.getByText("1 of 3")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Next person" }), "Enter");
  await expect(page.getByText("2 of 3")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Next", exact: true }), "Enter");
  await expect(page.getByRole("button", { name: "Compare with another version" })).toBeVisible();
  await press(page, page.getByRole("button", { name: "Next", exact: true }), "Enter");

  await press(page, page.getByRole("button", { name: "Start now" }), "Enter");
  const asked = page.getByRole("alertdialog", { name: "Send to 3 people?" });
  // The safe answer has the focus.
  await expect(asked.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("progressbar", { name: "People handled" })).toHaveAttribute(
    "aria-valuenow",
    "3",
  );
});

/** Presses a key on what a person would have tabbed to. */
async function press(page: Page, target: ReturnType<Page["getByRole"]>, key: string) {
  await expect(target).toBeEnabled();
  await target.focus();
  await expect(target).toBeFocused();
  await page.keyboard.press(key);
}

function focusIsIn(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((within) => document.activeElement?.closest(within) != null, selector);
}
