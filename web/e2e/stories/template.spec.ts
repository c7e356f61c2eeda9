import { sim } from "../dev";
import { expect, signIn, test } from "../fixtures";
import { apiOf, makeWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;

test.beforeAll(async () => {
  workspace = await makeWorkspace("Das");
});

test("a template is mended where the checks say, approved live, and rejected with the reason", async ({
  page,
}) => {
  await signIn(page, workspace.owner);
  await page.goto("/templates/new");
  await page.getByLabel("Name").fill("Durga Puja Offer");
  await expect(page.getByLabel("Name")).toHaveValue("durga_puja_offer");
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("{{1}} নমস্কার, our offer ends {{3}}");
  await page.getByRole("combobox", { name: "Header" }).click();
  await page.getByRole("option", { name: "Text" }).click();
  await page.getByLabel("Header text").fill("Puja *sale* 🎉");
  await page.getByRole("button", { name: /Submit/ }).click();

  // Each objection stands by what it is about, and nothing was submitted.
  const message = page.getByRole("heading", { name: "Message" }).locator("xpath=ancestor::header/..");
  await expect(message).toContainText("The header has no line breaks, emoji or formatting.");
  await expect(message).toContainText("The body must not begin or end with a variable");
  await expect(message).toContainText("{{2}} is missing");
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL(/\/templates\/new$/);

  await page.getByLabel("Header text").fill("Puja sale");
  await text.fill("নমস্কার {{1}}, our offer ends on Sunday. Come and see!");
  await page.getByLabel("{{1}}").fill("Mitali");
  await expect(page.getByText("Ready to submit")).toBeVisible();
  await page.getByRole("button", { name: /Submit/ }).click();
  await expect(page.getByRole("heading", { name: "durga_puja_offer", level: 1 })).toBeVisible();
  await expect(page.getByText("In review at Meta")).toBeVisible();

  // The verdict comes by webhook; nobody reloads.
  await expect(page.getByText("Approved", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Use in a campaign" })).toBeVisible();

  const api = await apiOf(workspace.owner);
  const { items } = await api.get<{ items: { name: string; metaId: string }[] }>("/api/templates");
  const metaId = items.find(({ name }) => name === "durga_puja_offer")?.metaId;
  await sim(`template/${metaId}/reject?reason=PROMOTIONAL`, {});
  await expect(page.getByText("Rejected", { exact: true })).toBeVisible();
  await expect(page.getByRole("alert").or(page.getByRole("status"))).toContainText(
    "Change the text and submit it again.",
  );
  await expect(page.getByRole("link", { name: "Correct a copy" })).toBeVisible();
});
