/* Reads a campaign's report off the screen. */
import { expect, type Locator, type Page } from "@playwright/test";

/** The box under a title. */
export function card(page: Page, title: string): Locator {
  return page.getByRole("heading", { name: title, exact: true }).locator("xpath=ancestor::header/..");
}

/** The people of each outcome; those of nobody are not there. */
export async function outcomes(page: Page): Promise<Record<string, number>> {
  const rows = await card(page, "Where everybody is now")
    .getByRole("link")
    .evaluateAll((links) =>
      links.map((link) => [
        new URL((link as HTMLAnchorElement).href).searchParams.get("outcome") ?? "",
        Number(link.querySelector(":scope > span:last-of-type")?.textContent?.replaceAll(",", "")),
      ]),
    );
  return Object.fromEntries(rows) as Record<string, number>;
}

/** Waits until everybody is in one of these outcomes and says how many in each. */
export async function settled(page: Page, among: string[]): Promise<Record<string, number>> {
  await expect
    .poll(async () => unsettled(await outcomes(page), among), {
      message: "outcomes that are not final",
      timeout: 60_000,
    })
    .toEqual([]);
  return outcomes(page);
}

/** The outcomes that are not among these; a report that is not there yet has not settled either. */
function unsettled(counts: Record<string, number>, among: string[]): string[] {
  const groups = Object.keys(counts);
  return groups.length === 0 ? ["none shown"] : groups.filter((group) => !among.includes(group));
}

export function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

/** How many the progress bar counts as handled. */
export async function handled(page: Page): Promise<number> {
  const bar = page.getByRole("progressbar", { name: "People handled" });
  return Number(await bar.getAttribute("aria-valuenow"));
}
