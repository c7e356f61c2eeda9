/* A tracked link from the template to who clicked, and what they bought afterwards. */
import type { Browser, Page } from "@playwright/test";
import { dev, sim } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { mobile, peopleFile } from "../people";
import { type Api, apiOf, importPeople, makeWorkspace, type Workspace } from "../workspace";

const range = 90;
const list = "Sale list";
// What a phone's browser says of itself; the browser of the tests says that it is a program.
const phone =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";

let workspace: Workspace;
let api: Api;

test.beforeAll(async () => {
  workspace = await makeWorkspace("Rao");
  api = await apiOf(workspace.owner);
  await importPeople(api, list, peopleFile(range, 6));
  await sim("config", { keep: 1000 });
});

test("who clicks a tracked link is in the report, and what they buy counts for the campaign", async ({
  page,
  browser,
}) => {
  await signIn(page, workspace.owner);
  await makeTemplate(page);
  const id = await draft(api);
  await page.goto(`/campaigns/${id}/edit?step=content`);

  // The button leads to the shop, each person by a link of their own.
  await page.getByRole("radio", { name: "Tracked link" }).last().click();
  const target = page.getByLabel("Leads to");
  await target.fill("shop.example.com");
  await expect(page.getByText("Enter a whole web address that begins with https://.")).toBeVisible();
  await target.fill(`${dev().url}/login`);
  await page.getByText("UTM parameters").click();
  await page.getByRole("button", { name: "Fill in the usual" }).click();
  await expect(page.getByLabel("Source")).toHaveValue("whatsapp");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect
    .poll(
      async () => (await api.get<{ mapping: { link?: { utm?: object } }[] }>(`/api/campaigns/${id}`)).mapping,
    )
    .toContainEqual({
      slot: "button.0",
      link: { url: `${dev().url}/login`, utm: { source: "whatsapp", medium: "campaign" } },
    });

  await api.post(`/api/campaigns/${id}/start`);
  await expect.poll(() => reached(id), { message: "all six have it" }).toBe(6);
  const links = await linksSent();
  expect(new Set(links.values()).size).toBe(6);

  // WhatsApp's preview fetches each link; two people open theirs, one of them twice.
  for (const link of links.values()) await open(browser, link, "WhatsApp/2.23.20.0 A");
  const [first, second] = [mobile(range, 0), mobile(range, 1)];
  const landed = await open(browser, links.get(first) ?? "", phone);
  expect(landed).toBe(`${dev().url}/login?utm_source=whatsapp&utm_medium=campaign`);
  await open(browser, links.get(first) ?? "", phone);
  await open(browser, links.get(second) ?? "", phone);

  await page.goto(`/campaigns/${id}`);
  const clicks = page.getByRole("heading", { name: "Clicks" }).locator("xpath=ancestor::section[1]");
  await expect(clicks).toContainText("2 people");
  await expect(clicks).toContainText("33.3% of those it reached");
  await clicks.getByRole("link", { name: /Button 1/ }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("table")).toContainText("Asha Sharma");
  await expectAccessible(page);

  await makeGoal(page);
  await reportTwice(first);
  await page.goto(`/campaigns/${id}`);
  const brought = page.getByRole("heading", { name: "Conversions" }).locator("xpath=ancestor::section[1]");
  await expect(brought).toContainText("Purchase");
  await expect(brought).toContainText("₹1,998.00");
  await expectAccessible(page);
  await page.goto("/goals?view=conversions");
  await expect(page.getByRole("row", { name: /order-1/ })).toContainText("Sale 🪔");

  // Both are asked for in segments, and stand in the person's timeline.
  const clicked = { on: "campaign", op: "clicked", values: [id] };
  const bought = { on: "goal", op: "reached", days: 7 };
  const preview = (query: object) =>
    api.post<{ count: number; sentence: string; sample: { id: string }[] }>("/api/segments/preview", {
      query,
    });
  expect((await preview(clicked)).count).toBe(2);
  const { sentence, sample } = await preview({ all: [clicked, bought] });
  expect(sentence).toBe(
    "Contacts where the campaign “Sale 🪔” was clicked and a goal was reached in the last 7 days.",
  );
  await page.goto(`/contacts/${sample[0]?.id}`);
  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline).toContainText("Clicked the link");
  await expect(timeline).toContainText("Reached the goal Purchase with ₹999.00");
});

async function makeTemplate(page: Page) {
  await page.goto("/templates/new");
  await page.getByLabel("Name").fill("diwali_sale");
  await page.getByLabel("Text", { exact: true }).fill("Namaste {{1}}, the sale is on. Come and see!");
  await page.getByLabel("{{1}}").fill("Asha");
  await page.getByRole("button", { name: "Add button" }).click();
  await page.getByRole("menuitem", { name: "Open a web address" }).click();
  await page.getByLabel("Button text").fill("Shop");
  await page.getByRole("button", { name: "Count its clicks" }).click();
  await expect(page.getByLabel("Web address")).toHaveValue(/\.localhost:\d+\/l\/\{\{1\}\}$/);
  await expect(page.getByText("Ready to submit")).toBeVisible();
  await page.getByRole("button", { name: /Submit/ }).click();
  await expect(page.getByText("Approved", { exact: true }).first()).toBeVisible();
}

/** A draft to the list with the new template; its text is filled. */
async function draft(api: Api): Promise<string> {
  const named = <Item extends { name: string }>(items: Item[], name: string) =>
    items.filter((item) => item.name === name);
  const channels = await api.get<{ items: { id: string }[] }>("/api/channels");
  const templates = await api.get<{ items: { id: string; name: string }[] }>("/api/templates");
  const tags = await api.get<{ items: { id: string; name: string }[] }>("/api/tags");
  const { id } = await api.post<{ id: string }>("/api/campaigns", {
    name: "Sale 🪔",
    channelId: channels.items[0]?.id,
    templateId: named(templates.items, "diwali_sale")[0]?.id,
    audience: { tags: named(tags.items, list).map((tag) => tag.id) },
    mapping: [{ slot: "body.1", field: "firstName", fallback: "friend" }],
  });
  return id;
}

async function reached(id: string): Promise<number> {
  const { counts } = await api.get<{ counts: { delivered: number; read: number } }>(`/api/campaigns/${id}`);
  return counts.delivered + counts.read;
}

interface SentBody {
  to: string;
  template: { components: { type: string; parameters: { text?: string }[] }[] };
}

/** The link each person got, by their digits, as WhatsApp was sent it. */
async function linksSent(): Promise<Map<string, string>> {
  const { bodies } = await sim<{ bodies: SentBody[] }>(`bodies?phone_number_id=${workspace.phoneNumberId}`);
  const { bases } = await api.get<{ bases: { url: string }[] }>("/api/link-domains");
  return new Map(
    bodies.map(({ to, template }) => {
      const button = template.components.find(({ type }) => type === "button");
      return [to.replace("+", ""), `${bases[0]?.url}${button?.parameters[0]?.text}`];
    }),
  );
}

/** Opens a link in a browser of its own and says where it led. */
async function open(browser: Browser, link: string, userAgent: string): Promise<string> {
  const context = await browser.newContext({ userAgent, locale: "hi-IN" });
  const page = await context.newPage();
  await page.goto(link, { waitUntil: "commit" });
  const url = page.url();
  await context.close();
  return url;
}

async function makeGoal(page: Page) {
  await page.goto("/goals");
  await page.getByRole("button", { name: "Make the first" }).click();
  await page.getByLabel("Name").fill("Purchase");
  await expect(page.getByLabel("Key")).toHaveValue("purchase");
  await page.getByRole("radio", { name: /Got a click/ }).click();
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(page.getByText("Last campaign clicked, within 7 days")).toBeVisible();
  await expectAccessible(page);
}

/** Two orders of one person, each reported twice, as shops do. */
async function reportTwice(digits: string) {
  const events = ["order-1", "order-2"].map((eventId) => ({
    eventId,
    goal: "purchase",
    contact: { phone: `+${digits}` },
    value: "999.00",
  }));
  for (const status of ["recorded", "duplicate"]) {
    const { outcomes } = await api.post<{ outcomes: { status: string }[] }>("/api/conversions", { events });
    expect(outcomes.map((outcome) => outcome.status)).toEqual([status, status]);
  }
}
