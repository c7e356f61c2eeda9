import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { apiOf, importPeople, makeWorkspace, startCampaign } from "../workspace";

test("a delivered and a failed message explain themselves, down to the wallet", async ({ page }) => {
  const { owner } = await makeWorkspace("Narayan");
  const api = await apiOf(owner);
  const people = "Name,Mobile,City\r\nआशा देवी 🌸,+919845031014,Pune\r\nनूर نور,+919845031026,Kochi\r\n";
  await importPeople(api, "Two people", people);
  const campaign = await startCampaign(api, "दीवाली 🪔", "Two people");
  await expect
    .poll(
      async () =>
        (await api.get<{ counts: Record<string, number> }>(`/api/campaigns/${campaign}`)).counts.failed,
    )
    .toBe(1);
  await signIn(page, owner);

  await page.goto(`/campaigns/${campaign}/people`);
  await page.getByRole("button", { name: "आशा देवी 🌸" }).click();
  await page.getByRole("link", { name: "Explain every step" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "आशा देवी 🌸" })).toBeVisible();
  const story = page.getByRole("list", { name: "What happened" });
  await expect(story.getByText("It reached the phone")).toBeVisible();
  const checks = story.getByRole("list", { name: "Checks" });
  await expect(checks.getByRole("listitem")).toHaveCount(9);
  await expect(checks.getByText("The template was approved at WhatsApp.")).toBeVisible();
  await expect(page.getByText(/Rate card: Meta list rates/)).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await story.getByText("Charged", { exact: true }).scrollIntoViewIfNeeded();
  await story.getByRole("link", { name: "In the wallet" }).last().click();
  await page.getByRole("link", { name: "Explain the message" }).first().click();
  await expect(page.getByRole("list", { name: "What happened" })).toBeVisible();

  await page.goto(`/campaigns/${campaign}/people?outcome=failed`);
  await page.getByRole("button", { name: "नूर نور" }).click();
  await page.getByRole("link", { name: "Explain every step" }).click();
  await expect(story.getByText("WhatsApp took it, then reported that it failed")).toBeVisible();
  await expect(story.getByText("WhatsApp's code 131026")).toBeVisible();
  await expect(story.getByText(/Aerostic marked the contact as not reachable/)).toBeVisible();
  await expect(page.getByText("what was set aside went back to the wallet").first()).toBeVisible();
  await expectAccessible(page);
});
