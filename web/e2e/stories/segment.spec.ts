import { expect, expectAccessible, pick, signIn, test } from "../fixtures";
import { apiOf, importPeople, signUp } from "../workspace";

test("somebody builds a segment, sees whom it means, and filters contacts by it", async ({ page }) => {
  const { owner } = await signUp("Bhatt");
  const api = await apiOf(owner);
  await importPeople(
    api,
    "Diwali list",
    "Name,Mobile,City\r\nआशा देवी,9845011001,Pune\r\nRavi Khan,9845011002,Pune\r\nMeera Das,9845011003,Kochi\r\n",
  );
  await signIn(page, owner);
  await page.goto("/contacts");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Segments" }).click();
  await page.getByRole("link", { name: "New segment" }).first().click();
  await expect(page.getByTestId("sentence")).toHaveText("All contacts.");

  await page.getByRole("button", { name: "Add condition" }).click();
  await pick(page, "What is asked about", "City");
  await expect(page.getByText("Fill in every condition")).toBeVisible();
  await page.getByRole("combobox", { name: "City: which" }).click();
  await page.keyboard.type("pune");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("sentence")).toHaveText("Contacts where City is “pune”.");
  await expect(page.getByRole("list", { name: "Some of them" }).getByRole("listitem")).toHaveCount(2);

  // A group inside: not those whose name begins with Ravi, by keyboard alone.
  await page.getByRole("button", { name: "Add group" }).focus();
  await page.keyboard.press("Enter");
  const inner = page.getByRole("group", { name: "Group, level 1" });
  await inner.getByRole("button", { name: "Add condition" }).focus();
  await page.keyboard.press("Enter");
  await inner.getByRole("combobox", { name: "How it is compared" }).click();
  await page.getByRole("option", { name: "begins with" }).click();
  await inner.getByRole("textbox", { name: "Name: value" }).fill("ravi");
  await inner.getByRole("combobox", { name: /how they count/ }).click();
  await page.getByRole("option", { name: "None of these holds" }).click();
  await expect(page.getByTestId("sentence")).toContainText("Name begins with “ravi”");
  await expect(page.getByRole("list", { name: "Some of them" }).getByRole("listitem")).toHaveText([
    /आशा देवी/,
  ]);
  await expectAccessible(page);

  await page.getByLabel("Name", { exact: true }).fill("पुणे without Ravi 🌸");
  await page.getByRole("button", { name: "Save segment" }).click();
  await page.getByRole("button", { name: "Actions for पुणे without Ravi 🌸" }).click();
  await page.getByRole("menuitem", { name: "Show contacts" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 contact" })).toBeVisible();
  await expect(page.getByRole("row", { name: /आशा देवी/ })).toBeVisible();
});

test("who clicked, and who did not, is asked in a segment", async ({ page }) => {
  const { owner } = await signUp("Bose");
  const api = await apiOf(owner);
  await importPeople(api, "Clickers", "Name,Mobile\r\nAsha,9845012001\r\nRavi,9845012002\r\n");
  await signIn(page, owner);
  await page.goto("/contacts/segments/new");
  await page.getByRole("button", { name: "Add condition" }).click();
  await pick(page, "What is asked about", "Campaign");
  await page.getByRole("combobox", { name: "How it is compared" }).click();
  await page.getByRole("option", { name: "was clicked", exact: true }).click();
  await expect(page.getByTestId("sentence")).toHaveText(
    "Contacts where a campaign was clicked in the last 14 days.",
  );
  await expect(page.getByRole("list", { name: "Some of them" })).toHaveCount(0);
  await page.getByRole("combobox", { name: "How it is compared" }).click();
  await page.getByRole("option", { name: "was not clicked" }).click();
  await expect(page.getByTestId("sentence")).toHaveText(
    "Contacts where no campaign was clicked in the last 14 days.",
  );
  await expect(page.getByRole("list", { name: "Some of them" }).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
});
