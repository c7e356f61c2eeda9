import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** A page on which a content security violation or an uncaught error fails the test. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    await page.exposeFunction("reportFault", (fault: string) => faults.push(fault));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const { reportFault } = window as unknown as { reportFault: (fault: string) => void };
        reportFault(
          `${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`,
        );
      });
    });
    page.on("pageerror", (error) => faults.push(error.message));
    await use(page);
    expect(faults, "content security violations and uncaught errors").toEqual([]);
  },
});

export { expect };

/** No violation of WCAG 2.0 to 2.2 A and AA or of best practice on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  expect(found).toEqual([]);
}

/** Shows the page in one theme from its first paint. */
export async function useTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.addInitScript((value) => localStorage.setItem("aerostic-theme", value), theme);
}
