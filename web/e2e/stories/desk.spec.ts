/* Who gets a conversation, and answering with few strokes: rules, canned replies, macros and views. */
import { sim } from "../dev";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../fixtures";
import { mobile } from "../people";
import { join, makeWorkspace } from "../workspace";

test("a conversation goes to who is there, who answers it with a few strokes", async ({ page, another }) => {
  const workspace = await makeWorkspace("Lakshmi");
  await signIn(page, workspace.owner);

  await page.goto("/settings/inbox?view=assignment");
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Everything new");
  await expect(page.getByRole("checkbox", { name: "Whose turn it is" })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/whose turn it is · waits when nobody is free/i)).toBeVisible();

  await page.goto("/settings/inbox?view=replies");
  await page.getByRole("button", { name: "New canned reply" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Opening hours");
  await page.getByLabel(/^Shortcut/).fill("hours");
  await page
    .getByLabel("Text", { exact: true })
    .fill("Hi {{contact.first_name|there}}, हम 9 से 6 बजे तक खुले हैं।");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("/hours", { exact: true })).toBeVisible();

  await page.goto("/settings/inbox?view=macros");
  await page.getByRole("button", { name: "New macro" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Thank and close");
  await page.getByLabel("Text", { exact: true }).fill("Thank you, {{contact.first_name}}!");
  await page.getByRole("button", { name: "Add a step" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("send a text → resolve")).toBeVisible();
  await expectNoSidewaysScroll(page);

  // Ann goes away; Bob is the one who is there.
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "Takes conversations" }).click();
  const bob = await another();
  await join(bob, workspace.owner, "Bob Menon");
  await bob.goto("/inbox?tab=mine");
  await page.goto("/settings/inbox");
  await expect(page.getByRole("listitem").filter({ hasText: "Bob Menon" })).toContainText("There");

  const from = mobile(98, Date.now() % 9_000);
  await sim("inbound", {
    phone_number_id: workspace.phoneNumberId,
    from,
    name: "Leela Kapoor",
    text: "When are you open?",
  });
  await bob.getByRole("region", { name: "Conversations" }).getByText("Leela Kapoor").click();
  const reply = bob.getByRole("textbox", { name: "Reply to Leela" });
  await reply.pressSequentially("/hou");
  await bob.getByRole("option", { name: /hours/ }).click();
  await expect(reply).toHaveValue(/^Hi Leela, हम 9 से 6 बजे तक खुले हैं।/);
  await bob.getByRole("button", { name: "Send", exact: true }).click();
  const log = bob.getByRole("log");
  await expect(log.getByText("हम 9 से 6 बजे तक खुले हैं।")).toBeVisible();
  await bob.getByRole("button", { name: "Run a macro" }).click();
  await bob.getByRole("menuitem", { name: "Thank and close" }).click();
  await expect(log.getByText("Thank you, Leela!")).toBeVisible();
  await expect(bob.getByText("“Thank and close” was done")).toBeVisible();

  await page.goto("/inbox?status=resolved");
  await expect(page.getByRole("region", { name: "Conversations" }).getByText("Leela Kapoor")).toBeVisible();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this list as a view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Done");
  await page.getByRole("checkbox", { name: "For everybody" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await page.getByRole("menuitem", { name: "Arrange views…" }).click();
  await page.getByRole("textbox", { name: "Name of Done" }).fill("सब हो गया");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name of सब हो गया" })).toBeVisible();
  await expectAccessible(page);
  await bob.reload();
  await bob.getByRole("button", { name: "Views" }).click();
  await expect(bob.getByRole("menuitem", { name: "सब हो गया" })).toBeVisible();
});
