import type { Page } from "@playwright/test";
import { expect, expectAccessible, pick, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import { apiOf, importPeople, signUp } from "../workspace";

const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("contacts go over the board by mouse, by keyboard and by menu", async ({ page }) => {
  const { owner } = await signUp("Kulkarni");
  const api = await apiOf(owner);
  for (const [name, phone] of [
    ["आशा देवी 🌸", "98450 51001"],
    ["Bob Rao", "98450 51002"],
    ["مريم", "98450 51003"],
  ]) {
    await api.post("/api/contacts", { name, phone });
  }
  await signIn(page, owner);
  await page.goto("/contacts");
  await page.getByRole("link", { name: "Board" }).first().click();
  await expect(column(page, "No stage").getByRole("listitem")).toHaveCount(3);

  await column(page, "No stage").getByText("आशा देवी").dragTo(column(page, "Interested"));
  await expect(column(page, "Interested").getByText("आशा देवी 🌸")).toBeVisible();

  await column(page, "No stage").getByRole("link", { name: "Bob Rao" }).focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(column(page, "New").getByRole("link", { name: "Bob Rao" })).toBeFocused();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(column(page, "Interested").getByRole("link", { name: "Bob Rao" })).toBeVisible();
  await expect(page.getByText("Bob Rao moved to Interested")).toBeAttached();

  await page.getByRole("button", { name: "Move مريم" }).click();
  await page.getByRole("menuitem", { name: "Customer" }).click();
  await expect(column(page, "Customer").getByText("مريم")).toBeVisible();
  await expect(page.getByText("مريم moved to Customer")).toBeAttached();

  // The server knows, too, and its counts are right.
  await page.reload();
  await expect(column(page, "Interested").getByRole("listitem")).toHaveCount(2);
  await expect(column(page, "Customer").locator("header")).toContainText("1");
  await expectAccessible(page);

  await page.getByRole("button", { name: "New stage" }).click();
  await page.getByLabel("Name").fill("दोबारा आए");
  await page.getByRole("button", { name: "Make the stage" }).click();
  await expect(column(page, "दोबारा आए")).toBeVisible();
  await page.getByRole("button", { name: "Actions for the stage Interested" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await pick(page, "Move its contacts to", "दोबारा आए");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(column(page, "दोबारा आए").getByRole("listitem")).toHaveCount(2);
});

test("a field is made, its values are checked, and it becomes a number with them", async ({ page }) => {
  const { owner } = await signUp("Deshmukh");
  const api = await apiOf(owner);
  await api.post("/api/contacts", { name: "Asha", phone: "98450 52001", fields: { spent: "₹ 1,20,000" } });
  await api.post("/api/contacts", { name: "Bob", phone: "98450 52002", fields: { spent: "a lot" } });
  await signIn(page, owner);
  await page.goto("/contacts/fields");
  await page.getByRole("button", { name: "Actions for Spent" }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await pick(page, "Type", "Number");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 of 2 values do not fit")).toBeVisible();
  await expect(page.getByText("a lot", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.goto("/contacts?q=bob");
  await page.getByRole("link", { name: "Bob" }).click();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Spent").fill("५००");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Contact saved")).toBeVisible();

  await page.goto("/contacts/fields");
  await page.getByRole("button", { name: "Actions for Spent" }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await pick(page, "Type", "Number");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Field saved")).toBeVisible();
  await expect(page.getByRole("row", { name: /Spent/ })).toContainText("Number");
  await page.goto("/contacts?q=asha");
  await page.getByRole("link", { name: "Asha" }).click();
  await expect(page.getByText("1,20,000")).toBeVisible();
});

test("many are changed by one filter, with progress, and the list follows", async ({ page }) => {
  const { owner } = await signUp("Bhosale");
  const api = await apiOf(owner);
  await importPeople(api, "Guests", peopleFile(53, 12_000));
  await signIn(page, owner);
  await page.goto("/contacts");
  const everybody = async () => {
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).click();
    await page.getByRole("button", { name: /^Select all / }).click();
  };
  await everybody();
  await page.getByRole("button", { name: "More", exact: true }).last().click();
  await page.getByRole("menuitem", { name: "Set stage" }).click();
  await pick(page, "Stage", "Customer");
  await page.getByRole("button", { name: "Set stage" }).click();
  await expect(page.getByText("12,000 contacts changed")).toBeVisible({ timeout: 30_000 });

  await page.goto("/contacts/board");
  await expect(column(page, "Customer").locator("header")).toContainText("12,000");
  const cards = column(page, "Customer").getByRole("listitem");
  await expect(cards).toHaveCount(30);
  await column(page, "Customer").getByRole("button", { name: "Show more" }).scrollIntoViewIfNeeded();
  await expect.poll(() => cards.count()).toBeGreaterThan(30);

  await page.goto("/contacts");
  await everybody();
  await page.getByRole("button", { name: "More", exact: true }).last().click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByLabel("Type DELETE to confirm").fill("DELETE");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("12,000 contacts deleted")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("No contacts yet")).toBeVisible();
});
