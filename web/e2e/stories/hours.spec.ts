import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { signUp } from "../workspace";

test("a shop says when it is there and what it promises", async ({ page, allowRefusal }) => {
  allowRefusal(/^\/api\/sla\/policies$/); // a policy without a name
  const { owner } = await signUp("Kurup");
  await signIn(page, owner);
  await page.goto("/settings/inbox?view=hours");
  await expect(page.getByText("Open now")).toBeVisible();
  await page.getByRole("button", { name: "New calendar" }).click();
  const calendar = page.getByRole("dialog");
  await calendar.getByLabel("Name", { exact: true }).fill("दुकान");
  await calendar.getByLabel("Monday, period 1, to").fill("13:00");
  await calendar.getByRole("button", { name: "Add a period to Monday" }).click();
  await calendar.getByLabel("Monday, period 2, to").fill("19:00");
  await calendar.getByRole("button", { name: "To all days" }).click();
  await calendar.getByRole("button", { name: "Add a day" }).click();
  await calendar.getByLabel("Day 1", { exact: true }).fill("2026-11-08");
  await calendar.getByLabel("Name of day 1").fill("Diwali");
  await calendar.getByRole("checkbox", { name: /Answer who writes outside/ }).click();
  await expectAccessible(page);
  await calendar.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Mon–Sun 10:00–13:00, 14:00–19:00")).toBeVisible();
  await expect(page.getByText("Away message", { exact: true })).toBeVisible();

  await page.getByRole("radio", { name: "SLA" }).click();
  await page.getByRole("button", { name: "New policy" }).click();
  const policy = page.getByRole("dialog");
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(policy.getByText("Enter a name of 1 to 80 characters.").first()).toBeVisible();
  await policy.getByLabel("Name", { exact: true }).fill("Everybody");
  await policy.getByLabel("First response").fill("15");
  await policy.getByRole("button", { name: "Add a level" }).click();
  await policy.getByRole("checkbox", { name: "Mark the conversation in the lists" }).click();
  await expectAccessible(page);
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("First response 15 min · next 1 h · resolution 8 h")).toBeVisible();
  await page.reload();
  await expect(page.getByText("First response 15 min · next 1 h · resolution 8 h")).toBeVisible();
  await expectNoSidewaysScroll(page);
});
