import { expect, signIn, test } from "../fixtures";
import { peopleFile } from "../people";
import { signUp } from "../workspace";

test("a big import shows how far it is and can be stopped", async ({ page }) => {
  const { owner } = await signUp("Kapoor");
  await signIn(page, owner);
  await page.goto("/contacts/import");
  await page.locator("input[type=file]").setInputFiles({
    name: "everybody.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(peopleFile(100, 400_000)),
  });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Start import" }).click();
  const bar = page.getByRole("progressbar", { name: "Import" });
  await expect
    .poll(async () => Number(await bar.getAttribute("aria-valuenow")), { message: "rows are read" })
    .toBeGreaterThan(0);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the import" }).click();
  await expect(page.getByText("The import was cancelled")).toBeVisible();
  await expect(page.getByText(/were imported before that and stay/)).toBeVisible();
});
