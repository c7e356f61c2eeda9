/*
 * Every screen a person uses, in light and dark, on a desktop and on a phone: no violation of the content
 * security policy, no console error, nothing that axe finds, no sideways scroll. With AEROSTIC_SHOTS=folder
 * each is photographed.
 */
import type { BrowserContext, Page } from "@playwright/test";
import { dev } from "../dev";
import {
  test as base,
  expect,
  expectAccessible,
  expectContrast,
  expectLoaded,
  expectNoSidewaysScroll,
  expectStill,
  signIn,
} from "../fixtures";
import { makeScene, type Scene } from "../scene";

type Visitor = "nobody" | "owner" | "operator";

interface Shared {
  scene: Scene;
  browserOf: (visitor: Visitor) => Promise<BrowserContext>;
}

/**
 * The screens of one visitor share a window, which signs in once and keeps what it fetched and compiled. Each is
 * loaded from the server.
 */
const test = base.extend<{ visitor: Visitor }, Shared>({
  visitor: ["nobody", { option: true }],
  scene: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
    async ({}, use, worker) => use(await makeScene(`Iyer${worker.workerIndex}`)),
    { scope: "worker", timeout: 90_000 },
  ],
  browserOf: [
    async ({ browser, scene }, use) => {
      const open = new Map<Visitor, BrowserContext>();
      const logins = { owner: scene.workspace.owner, operator: dev().logins.platform };
      await use(async (visitor) => {
        const known = open.get(visitor);
        if (known) return known;
        const context = await browser.newContext({ baseURL: dev().url });
        open.set(visitor, context);
        if (visitor !== "nobody") await signIn(context, logins[visitor]);
        return context;
      });
      await Promise.all([...open.values()].map((context) => context.close()));
    },
    { scope: "worker" },
  ],
  context: async ({ browserOf, visitor }, use) => use(await browserOf(visitor)),
  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),
});

const desktop = { name: "desktop", size: { width: 1440, height: 900 } };
const phone = { name: "phone", size: { width: 390, height: 844 } };

const signedOut: Record<string, string> = {
  login: "/login",
  signup: "/signup",
  forgot: "/forgot",
  reset: "/reset?token=expired",
  verify: "/verify?sent=ann%40iyer.example",
  "verify-failed": "/verify?token=expired",
  "invite-failed": "/invite/expired",
};

const signedIn: Record<string, (scene: Scene) => string> = {
  overview: () => "/overview",
  contacts: () => "/contacts",
  "contacts-none": () => "/contacts?q=nobody",
  contact: ({ contact }) => `/contacts?contact=${contact}`,
  board: () => "/contacts/board",
  "board-stage": ({ contact }) => `/contacts/board?contact=${contact}`,
  fields: () => "/contacts/fields",
  "contact-page": ({ contact }) => `/contacts/${contact}`,
  duplicates: () => "/contacts/duplicates",
  tags: () => "/contacts/tags",
  segments: () => "/contacts/segments",
  segment: ({ segment }) => `/contacts/segments/${segment}`,
  "segment-new": () => "/contacts/segments/new",
  imports: () => "/contacts/import",
  "import-columns": ({ importOpen }) => `/contacts/import/${importOpen}`,
  "import-done": ({ importDone }) => `/contacts/import/${importDone}`,
  campaigns: () => "/campaigns",
  "campaign-new": () => "/campaigns/new",
  "campaign-template": ({ campaignDraft }) => `/campaigns/${campaignDraft}/edit?step=template`,
  "campaign-audience": ({ campaignDraft }) => `/campaigns/${campaignDraft}/edit?step=audience`,
  "campaign-content": ({ campaignDraft }) => `/campaigns/${campaignDraft}/edit?step=content`,
  "campaign-test": ({ campaignDraft }) => `/campaigns/${campaignDraft}/edit?step=test`,
  "campaign-compare": ({ campaignDone }) =>
    `/campaigns/compare?id=${encodeURIComponent(JSON.stringify([campaignDone]))}`,
  "campaign-review": ({ campaignDraft }) => `/campaigns/${campaignDraft}/edit?step=review`,
  "campaign-scheduled": ({ campaignScheduled }) => `/campaigns/${campaignScheduled}`,
  "campaign-report": ({ campaignDone }) => `/campaigns/${campaignDone}`,
  "campaign-tested": ({ campaignTested }) => `/campaigns/${campaignTested}`,
  "campaign-people": ({ campaignDone }) => `/campaigns/${campaignDone}/people`,
  "campaign-message": ({ campaignDone, message }) =>
    `/campaigns/${campaignDone}/people?outcome=failed&message=${message}`,
  "message-failed": ({ message }) => `/messages/${message}`,
  "message-read": ({ messageRead }) => `/messages/${messageRead}`,
  "campaign-clicks": ({ campaignDone }) => `/campaigns/${campaignDone}/clicks`,
  sequences: () => "/sequences",
  sequence: ({ sequence }) => `/sequences/${sequence}`,
  "sequence-edit": ({ sequence }) => `/sequences/${sequence}/edit`,
  "sequence-people": ({ sequence }) => `/sequences/${sequence}/people`,
  goals: () => "/goals",
  conversions: () => "/goals?view=conversions",
  "campaign-repeating": ({ campaignRepeating }) => `/campaigns/${campaignRepeating}`,
  "campaign-awaiting": ({ campaignAwaiting }) => `/campaigns/${campaignAwaiting}`,
  templates: () => "/templates",
  template: ({ template }) => `/templates/${template}`,
  "template-new": () => "/templates/new",
  "template-edit": ({ template }) => `/templates/${template}/edit`,
  "template-performance": () => "/templates/performance",
  consent: () => "/consent",
  "consent-settled": () => "/consent?tab=settled",
  "consent-words": () => "/consent?tab=words",
  "consent-page": () => "/consent?tab=page",
  wallet: () => "/wallet",
  "wallet-prices": () => "/wallet?tab=rates",
  "wallet-transaction": ({ transaction }) => `/wallet?transaction=${transaction}`,
  numbers: () => "/numbers",
  team: () => "/team",
  profile: () => "/profile",
  inbox: () => "/inbox",
  settings: () => "/settings",
  notifications: () => "/notifications",
  "notification-settings": () => "/settings/notifications",
  "settings-teams": () => "/settings/inbox",
  "settings-assignment": () => "/settings/inbox?view=assignment",
  "settings-replies": () => "/settings/inbox?view=replies",
  "settings-macros": () => "/settings/inbox?view=macros",
  "settings-labels": () => "/settings/inbox?view=labels",
  "settings-behaviour": () => "/settings/inbox?view=behaviour",
  "settings-hours": () => "/settings/inbox?view=hours",
  "settings-sla": () => "/settings/inbox?view=sla",
  "settings-ratings": () => "/settings/inbox?view=ratings",
  "inbox-reports": () => "/inbox/reports",
  "inbox-reports-people": () => "/inbox/reports?by=person",
  nowhere: () => "/nowhere",
};

const operators: Record<string, string> = {
  platform: "/platform",
  "platform-webhooks": "/platform?tab=webhooks",
};

test.describe("to nobody in particular", () => {
  for (const [name, path] of Object.entries(signedOut)) {
    test(`${name} looks right to everybody`, async ({ page, allowRefusal }) => {
      allowRefusal(/^\/api\/auth\//);
      await lookAt(page, name, path);
    });
  }
});

test.describe("to the owner", () => {
  test.use({ visitor: "owner" });
  for (const [name, path] of Object.entries(signedIn)) {
    test(`${name} looks right to everybody`, async ({ page, scene }) => {
      await lookAt(page, name, path(scene));
    });
  }
});

test.describe("to the operator", () => {
  test.use({ visitor: "operator" });
  for (const [name, path] of Object.entries(operators)) {
    test(`${name} looks right to everybody`, async ({ page }) => {
      await lookAt(page, name, path);
    });
  }
});

async function lookAt(page: Page, name: string, path: string) {
  await page.setViewportSize(desktop.size);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(path);
  await changeAtOnce(page);
  for (const { name: device, size } of [desktop, phone]) {
    await page.setViewportSize(size);
    await wear(page, "light");
    await photograph(page, `${name}-${device}-light`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await wear(page, "dark");
    await photograph(page, `${name}-${device}-dark`);
    await expectContrast(page);
  }
}

/** Another theme is there at once: colours half way between two are nothing to look at. */
async function changeAtOnce(page: Page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Changes the theme as the system does, without another load. */
async function wear(page: Page, theme: "light" | "dark") {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveClass(theme === "dark" ? /\bdark\b/ : /^(?!.*\bdark\b)/);
  await expectLoaded(page);
  await expectStill(page);
}

async function photograph(page: Page, name: string) {
  const folder = process.env.AEROSTIC_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
