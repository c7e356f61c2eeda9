import { sim } from "../dev";
import { expect, expectAccessible, expectContrast, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { apiOf, makeWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
let asha: { id: string; phone: string };
let link: string;

test.beforeAll(async () => {
  workspace = await makeWorkspace("Nair");
  const api = await apiOf(workspace.owner);
  asha = await api.post("/api/contacts", { name: "आशा देवी", phone: "+919845011223" });
  await api.post("/api/consent/topics", { name: "Sarees", nameHi: "साड़ियाँ" });
  const { url } = await api.get<{ url: string }>(`/api/contacts/${asha.id}/preferences-link`);
  link = new URL(url).pathname;
});

test.describe("on a phone without JavaScript", () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false, locale: "hi-IN" });

  test("a contact chooses, leaves and comes back on their own page", async ({ page }) => {
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "आपकी पसंद", level: 1 })).toBeVisible();
    await page
      .getByRole("group", { name: /ऑफ़र और ख़बरें/ })
      .getByLabel("हाँ, भेजिए")
      .check();
    await page.getByLabel("साड़ियाँ").uncheck();
    await page.getByLabel("हफ़्ते में एक बार").check();
    await page.getByRole("button", { name: "मेरी पसंद सहेजें" }).click();
    await expect(page.getByRole("status")).toHaveText("आपकी पसंद सहेज ली गई है।");
    await expect(page.getByLabel("साड़ियाँ")).not.toBeChecked();
    await expect(page.getByLabel("हफ़्ते में एक बार")).toBeChecked();

    await page.getByRole("link", { name: "View in English" }).click();
    await page.getByRole("button", { name: "Stop all messages" }).click();
    await expect(page.getByRole("heading", { name: /You get no messages from/ })).toBeVisible();
    await page.getByRole("button", { name: "Start again" }).click();
    await expect(page.getByRole("heading", { name: "Your choices" })).toBeVisible();
  });

  test("a broken link says what to do", async ({ page, allowRefusal }) => {
    allowRefusal(/^\/p\//);
    const reply = await page.goto("/p/broken");
    expect(reply?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("यह लिंक काम नहीं करता");
  });
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`the preference page, ${scheme}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, colorScheme: scheme });
    test("is accessible and fits a phone", async ({ page }) => {
      await page.goto(link);
      await expectAccessible(page);
      await expectContrast(page);
      await expectNoSidewaysScroll(page);
    });
  });
}

test("what is not certain is decided by a person, and stands in the record", async ({ page }) => {
  await sim("inbound", {
    phone_number_id: workspace.phoneNumberId,
    from: asha.phone,
    text: "Don't take my name off the waiting list!",
  });
  const api = await apiOf(workspace.owner);
  const open = async () => (await api.get<{ items: unknown[] }>("/api/consent/requests")).items.length;
  await expect.poll(open, { message: "it waits for somebody" }).toBe(1);
  await signIn(page, workspace.owner);
  await page.goto("/consent");
  const request = page.getByRole("row", { name: /waiting list/ });
  await request.getByRole("button", { name: "Stop marketing" }).click();
  await expect(page.getByText("Nothing to decide")).toBeVisible();

  await page.goto(`/contacts?contact=${asha.id}`);
  const record = page.getByRole("list", { name: "Consent record" });
  await expect(record.getByRole("listitem").first()).toContainText("Stopped marketing");
  await expect(record).toContainText("waiting list");
});

test("words are changed, tried, and STOP stays a way out", async ({ page, allowRefusal }) => {
  await signIn(page, workspace.owner);
  await page.goto("/consent?tab=words");
  const english = page.getByLabel("Stop, English");
  await english.fill(`${await english.inputValue()}, no more saris`);
  await page.getByRole("button", { name: "Save words" }).click();
  await expect(page.getByText("Words saved")).toBeVisible();
  await page.getByLabel("A customer writes").fill("NO more Saris!");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("Stops, by a word")).toBeVisible();
  await page.getByLabel("A customer writes").fill("band karo ye delay");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("Nothing happens")).toBeVisible();

  allowRefusal(/^\/api\/consent\/settings$/);
  await english.fill("enough");
  await page.getByRole("button", { name: "Save words" }).click();
  await expect(page.getByText("STOP must stay a word that stops.")).toBeVisible();
});

test("an opt-in waits until the person says yes themselves", async ({ page }) => {
  const api = await apiOf(workspace.owner);
  const { items } = await api.get<{ items: { id: string }[] }>("/api/channels");
  await api.post("/api/templates", {
    channelId: items[0]?.id,
    name: "confirm_offers",
    language: "en_US",
    category: "UTILITY",
    body: "Hello {{1}}, you signed up for messages on our site. Is that right?",
    examples: { "1": "Asha" },
    buttons: [
      { type: "QUICK_REPLY", text: "Yes, it is" },
      { type: "QUICK_REPLY", text: "No" },
    ],
  });
  type Templates = { items: { name: string; status: string }[] };
  await expect
    .poll(async () => (await api.get<Templates>("/api/templates?q=confirm")).items[0]?.status)
    .toBe("APPROVED");
  await signIn(page, workspace.owner);
  await page.goto("/consent?tab=words");
  await page.getByRole("checkbox", { name: "Ask people to confirm that they opted in" }).check();
  await page.getByRole("combobox", { name: "Number that asks" }).click();
  await page.getByRole("option", { name: /Nair/ }).click();
  await page.getByRole("combobox", { name: "Template that asks" }).click();
  await page.getByRole("option", { name: /confirm_offers/ }).click();
  await page.getByRole("button", { name: "Save confirmation" }).click();
  await expect(page.getByText("Confirmation saved")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /Marketing only to people who opted in/ })).toBeChecked();
  await expectAccessible(page);

  const phone = "+919845011777";
  const optIn = { state: "in", source: "Site", evidence: "Ticked the box", shown: "Yes, send me offers" };
  const meera = await api.post<{ id: string }>("/api/contacts", { name: "Meera Das", phone, optIn });
  await page.goto(`/contacts/${meera.id}`);
  await expect(page.getByText("To be confirmed").first()).toBeVisible();
  await expect(page.getByText("Hello Meera Das, you signed up for messages on our site.")).toBeVisible({
    timeout: 30_000,
  });
  await sim("inbound", { phone_number_id: workspace.phoneNumberId, from: phone, text: "हाँ जी" });
  const waits = () => api.get<{ waiting?: object }>(`/api/contacts/${meera.id}/opt-in-wait`);
  await expect.poll(waits, { message: "nothing is left to confirm" }).not.toHaveProperty("waiting");
  await page.reload();
  const record = page.getByRole("list", { name: "Consent record" });
  await expect(record.getByRole("listitem").first()).toContainText("Agreed to marketing");
  await expect(page.getByText("Opted in", { exact: true }).first()).toBeVisible();
});
