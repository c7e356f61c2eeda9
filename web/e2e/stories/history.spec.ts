import { readFileSync } from "node:fs";
import { expect, signIn, test } from "../fixtures";
import { apiOf, signUp } from "../workspace";

const workbook = new URL("../files/customers.xlsx", import.meta.url);

test("a workbook is tried, imported with its errors, and taken back", async ({ page }) => {
  const { owner } = await signUp("Chawla");
  await signIn(page, owner);
  const api = await apiOf(owner);
  await api.post("/api/contacts", { phone: "+919845021001", name: "Asha", fields: { city: "Mumbai" } });

  await page.goto("/contacts/import");
  await page.locator("input[type=file]").setInputFiles({
    name: "customers.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: readFileSync(workbook),
  });
  await expect(page.getByRole("cell", { name: "आशा देवी 🌸" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("button", { name: "Try without importing" }).click();
  await expect(page.getByText("Nothing is imported yet")).toBeVisible();
  await expect(page.getByRole("table", { name: "What would change" })).toContainText("पुणे");
  await expect(page.getByRole("heading", { name: "Rows that need fixing" })).toBeVisible();
  expect((await api.get<{ total: number }>("/api/contacts")).total).toBe(1);

  await page.getByRole("button", { name: "Import for real" }).click();
  await expect(page.getByText("Import finished: 3 people")).toBeVisible();
  await expect(page.getByText("2 rows need fixing and were left out.")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the rows that need fixing" }).click();
  const errors = readFileSync(await (await download).path(), "utf8");
  expect(errors).toContain("6,This is not a valid phone number.,Wrong Number");
  expect(errors).toContain("8,The phone number is missing.,No Number");

  await page.getByRole("button", { name: "Undo the import" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByText("The import was undone")).toBeVisible();
  const { items, total } = await api.get<{ items: { name: string; fields: object }[]; total: number }>(
    "/api/contacts",
  );
  expect([total, items[0]?.name, items[0]?.fields]).toEqual([1, "Asha", { city: "Mumbai" }]);
});

test("two contacts of one person are merged, noted and separated again", async ({ page }) => {
  const { owner } = await signUp("Bedi");
  await signIn(page, owner);
  const api = await apiOf(owner);
  const email = "asha@example.com";
  await api.post("/api/contacts", { phone: "+919845022001", name: "आशा", email });
  await api.post("/api/contacts", { phone: "+919845022002", name: "Asha Devi", email });

  await page.goto("/contacts/duplicates");
  await page.getByRole("button", { name: "Look for duplicates" }).first().click();
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Asha Devi" }).click();
  await dialog.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Asha Devi" })).toBeVisible();

  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline.getByText(/^Merged with/)).toBeVisible();
  await page.getByRole("textbox", { name: "Note" }).fill("दो नंबर 🌸");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(timeline.getByText("दो नंबर 🌸")).toBeVisible();

  await timeline.getByRole("button", { name: "Separate again" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Separate" }).click();
  await expect(timeline.getByText(/^Separated again from/)).toBeVisible();
  const { items } = await api.get<{ items: { name: string }[] }>("/api/contacts");
  expect(items.map(({ name }) => name).sort()).toEqual(["Asha Devi", "आशा"]);
});
