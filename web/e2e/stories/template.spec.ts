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
  await expect(page.getByText("Approved", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Use in a campaign" })).toBeVisible();

  const api = await apiOf(workspace.owner);
  const { items } = await api.get<{ items: { name: string; metaId: string }[] }>("/api/templates");
  const metaId = items.find(({ name }) => name === "durga_puja_offer")?.metaId;
  await sim(`template/${metaId}/reject?reason=PROMOTIONAL`, {});
  await expect(page.getByText("Rejected", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("alert").or(page.getByRole("status"))).toContainText(
    "Change the text and submit it again.",
  );

  // It is corrected in its place, and the history tells the whole of it.
  await page.getByRole("link", { name: "Correct it" }).click();
  await expect(page.getByRole("heading", { name: "Edit durga_puja_offer" })).toBeVisible();
  await expect(page.getByLabel("Name")).toBeDisabled();
  await text.fill("নমস্কার {{1}}, our shop is open on Sunday. Come and see!");
  await expect(page.getByText("Ready to submit")).toBeVisible();
  await page.getByRole("button", { name: /Submit/ }).click();
  await expect(page.getByRole("heading", { name: "durga_puja_offer", level: 1, exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Use in a campaign" })).toBeVisible();
  const history = page.getByRole("heading", { name: "History" }).locator("xpath=ancestor::header/..");
  for (const event of ["Submitted to Meta", "Rejected", "Edited and submitted again"]) {
    await expect(history.getByText(event, { exact: true })).toBeVisible();
  }
});

test("a carousel is written card by card, with samples that stay in sight", async ({ page }) => {
  await signIn(page, workspace.owner);
  await page.goto("/templates/new");
  await page.getByLabel("Name").fill("puja_picks");
  await page.getByRole("radio", { name: "Carousel" }).click();
  await page.getByLabel("Text", { exact: true }).first().fill("Two picks for you this week. Have a look!");
  for (const [index, words] of ["Cotton kurta, soft and light", "Silk scarf 🧣 from Mysore"].entries()) {
    await page
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: "छवि.png", mimeType: "image/png", buffer: picture });
    await expect(page.getByText("Uploaded to WhatsApp")).toHaveCount(index + 1);
    await page
      .getByLabel("Text", { exact: true })
      .or(page.getByLabel(/^Text/))
      .nth(index + 1)
      .fill(words);
    await page.getByLabel("Button text").nth(index).fill("Tell me more");
  }
  await expect(page.getByText("Ready to submit")).toBeVisible();
  await page.getByRole("button", { name: /Submit/ }).click();
  await expect(page.getByRole("heading", { name: "puja_picks", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "Use in a campaign" })).toBeVisible();
  const phone = page.getByRole("figure");
  await expect(phone.getByText("Silk scarf 🧣 from Mysore")).toBeVisible();
  await expect(phone.getByRole("img").first()).toBeVisible();
});

test("a change of category pauses a campaign, says the new cost and continues on one click", async ({
  page,
}) => {
  const api = await apiOf(workspace.owner);
  const { items: numbers } = await api.get<{ items: { id: string }[] }>("/api/channels");
  const created = await api.post<{ id: string; metaId: string }>("/api/templates", {
    channelId: numbers[0]?.id,
    name: "order_ready",
    language: "en",
    category: "UTILITY",
    body: "Your order is ready at our shop. Bring your bill, please.",
  });
  await expect
    .poll(async () => (await api.get<{ status: string }>(`/api/templates/${created.id}`)).status)
    .toBe("APPROVED");
  await api.post("/api/contacts", { name: "মিতালী", phone: "+919845061001" });
  const campaign = await api.post<{ id: string }>("/api/campaigns", {
    name: "Ready orders",
    channelId: numbers[0]?.id,
    templateId: created.id,
    audience: { all: true },
  });
  await api.post(`/api/campaigns/${campaign.id}/start`, {
    at: new Date(Date.now() + 3_600_000).toISOString(),
  });

  await signIn(page, workspace.owner);
  await page.goto(`/campaigns/${campaign.id}`);
  await expect(page.getByText(/It starts by itself/)).toBeVisible();
  await sim(`template/${created.metaId}/announce?category=MARKETING`, {});
  await expect(page.getByText(/Meta will charge its template as Marketing from/)).toBeVisible();
  await expect(page.getByText(/1 person still waits/)).toBeVisible();
  await page.getByRole("button", { name: "Continue at the new price" }).click();
  await expect(page.getByText(/It starts by itself/)).toBeVisible();
});

/** The smallest picture there is. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
