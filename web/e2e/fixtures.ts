import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { dev, type Login } from "./dev";

interface Fixtures {
  /** Calls of this path are refused on purpose: the browser logs every answer from 400 on as an error. */
  allowRefusal: (path: RegExp) => void;
  /** Another browser, of somebody else. */
  another: () => Promise<Page>;
}

interface Watch {
  faults: string[];
  allowed: RegExp[];
}

/** A test in whose browsers a CSP violation, a console error or an uncaught error is a failure. */
export const test = base.extend<Fixtures & { watched: Watch }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
  baseURL: async ({}, use) => use(dev().url),
  watched: [
    async ({ context }, use) => {
      const watch = await watchOf(context);
      watch.faults = [];
      // Before anybody signs in, a page asks whether somebody is.
      watch.allowed = [/^\/api\/auth\/refresh$/];
      await use(watch);
      expect(watch.faults, "CSP violations, console errors and uncaught errors").toEqual([]);
    },
    { auto: true },
  ],
  allowRefusal: async ({ watched }, use) => use((path) => watched.allowed.push(path)),
  another: async ({ browser, baseURL, watched }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      contexts.push(context);
      await observe(context, watched);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect };

const watches = new WeakMap<BrowserContext, Watch>();

/** What watches a browser, which several tests may use one after another. */
async function watchOf(context: BrowserContext): Promise<Watch> {
  const known = watches.get(context);
  if (known) return known;
  const watch: Watch = { faults: [], allowed: [] };
  watches.set(context, watch);
  await observe(context, watch);
  return watch;
}

async function observe(context: BrowserContext, watch: Watch): Promise<void> {
  await context.exposeFunction("reportFault", (fault: string) => watch.faults.push(fault));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const { reportFault } = window as unknown as { reportFault: (fault: string) => void };
      reportFault(
        `${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  context.on("weberror", (error) => watch.faults.push(String(error.error().stack ?? error.error())));
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    const refused = message.text().startsWith("Failed to load resource") && URL.canParse(url);
    if (refused && watch.allowed.some((path) => path.test(new URL(url).pathname))) return;
    watch.faults.push(`${message.text()} (${url})`);
  });
}

/** Signs the browser in without the form, which has its own test. */
export async function signIn(browser: Page | BrowserContext, { email, password }: Login): Promise<void> {
  const reply = await browser.request.post("/api/auth/login", { data: { email, password } });
  expect(reply.status(), await reply.text()).toBe(200);
}

/** Signs in as a person does. */
export async function signInByForm(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** No violation of WCAG 2.0 to 2.2 A and AA or of best practice on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  await expectNoViolation(page, (await axeOn(page)).withTags(tags));
}

/** The part of expectAccessible that another theme can change. */
export async function expectContrast(page: Page): Promise<void> {
  await expectNoViolation(page, (await axeOn(page)).withRules(["color-contrast", "link-in-text-block"]));
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Describes only what is wrong, which is most of the time it takes; no page has frames of others. A page gets
 * axe once, where the builder would load it twice for each look.
 */
async function axeOn(page: Page): Promise<AxeBuilder> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return new AxeBuilder({ page, axeSource: ";" }).options({ resultTypes: ["violations"] }).setLegacyMode();
}

async function expectNoViolation(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** Nothing is wider than the window, nor than the part of the screen it scrolls in. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // Polled: after the window has changed its size the page is laid out anew a moment later.
  await expect.poll(() => tooWide(page), { message: `sideways scroll of ${page.url()}` }).toEqual([]);
}

function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, main, main > *, section[aria-label=Content]")]
      .filter((element) => !element.classList.contains("sr-only"))
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map(
        (element) =>
          `${element.tagName} ${element.scrollWidth} in ${element.clientWidth}: ${element.className}`,
      ),
  );
}

/** The screen has its content: nothing is a placeholder or loading any more. */
export async function expectLoaded(page: Page): Promise<void> {
  // By its tag: an open sheet hides the rest of the page from assistive technology.
  await expect(page.locator("h1").first()).toBeVisible();
  await expect(
    page.locator(".animate-pulse, [role=status][aria-label^=Loading], [aria-busy=true]"),
  ).toHaveCount(0);
}

/** Nothing slides in or changes its colour any more. */
export async function expectStill(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(moving), { message: `what moves on ${page.url()}` }).toEqual([]);
}

function moving(): string[] {
  return document
    .getAnimations()
    .filter((one) => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => `${one.constructor.name} of ${(one.effect as KeyframeEffect).target?.className}`);
}

/** Picks from one of the searchable menus by its visible words. */
export async function pick(page: Page, menu: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: menu }).first().click();
  await page.getByRole("option", { name: option }).first().click();
}

/** Opens a screen by the sidebar. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: screen, exact: true })
    .click();
  await expect(page.getByRole("heading", { name: screen, level: 1 })).toBeVisible();
}
