import type { Page } from "@playwright/test";
import { linkMailedTo } from "../dev";
import { expect, signIn, signInByForm, test } from "../fixtures";
import { totp } from "../totp";
import { signUp, unique } from "../workspace";

test("a new person signs up, confirms the address and signs in", async ({ page, allowRefusal }) => {
  allowRefusal(/^\/api\/auth\/(signup|login)$/);
  const email = `${unique("dev")}@patel.example`;
  const password = "cardamom-and-clove";

  await page.goto("/signup");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByText("Enter your name.")).toBeVisible();
  await page.getByLabel("Your name").fill("देव पटेल");
  await page.getByLabel("Company").fill("Patel & Sons");
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();

  await page.goto(await linkMailedTo(email, /Confirm/));
  await expect(page.getByRole("heading", { name: "Email confirmed" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signInByForm(page, { email, password: "not-this-one" });
  await expect(page.getByRole("alert")).toContainText(/email|password/i);
  await signInByForm(page, { email, password });
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Workspace Patel & Sons" })).toBeVisible();
});

test("a forgotten password is set anew by mail, and ends every session", async ({
  page,
  another,
  allowRefusal,
}) => {
  allowRefusal(/^\/api\//);
  const { owner } = await signUp("Forgetful");
  const other = await another();
  await signIn(other, owner);
  await other.goto("/overview");
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("Work email").fill(owner.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/a link is on its way/)).toBeVisible();
  const link = await linkMailedTo(owner.email, /password/i);
  await page.goto(link);
  await page.getByLabel("New password").fill("saffron-and-rose");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("heading", { name: "Password changed" })).toBeVisible();

  await page.getByRole("link", { name: "Sign in" }).click();
  await signInByForm(page, owner);
  await expect(page.getByRole("alert")).toBeVisible();
  await signInByForm(page, { ...owner, password: "saffron-and-rose" });
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await other.goto("/contacts");
  await expect(other.getByRole("heading", { name: "Welcome back" })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("New password").fill("once-is-enough");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
});

test("two-factor sign-in: an app's code, a recovery code once, and out everywhere", async ({
  page,
  another,
  allowRefusal,
}) => {
  allowRefusal(/^\/api\//);
  const { owner } = await signUp("Careful");
  await signIn(page, owner);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Turn on" }).click();
  const setup = page.getByRole("dialog", { name: "Turn on two-factor sign-in" });
  await expect(setup.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await setup.locator("code").innerText()).replaceAll(" ", "");
  await setup.getByLabel("Code").fill("000000");
  await setup.getByRole("button", { name: "Turn on" }).click();
  await expect(setup.getByLabel("Code")).toHaveAttribute("aria-invalid", "true");
  await setup.getByLabel("Code").fill(totp(secret));
  await setup.getByRole("button", { name: "Turn on" }).click();
  const kept = page.getByRole("dialog", { name: "Keep your recovery codes" });
  await expect(kept).toBeVisible();
  const [recovery = ""] = await kept.getByRole("listitem").allInnerTexts();
  await kept.getByRole("button", { name: "I have kept them" }).click();

  const other = await another();
  await other.goto("/login");
  await signInByForm(other, owner);
  // A code works once, so this one is of the next half minute.
  await other.getByLabel("Code").fill(totp(secret, 1));
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  const third = await another();
  await third.goto("/login");
  await withRecoveryCode(third, owner, recovery);
  await expect(third.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  const fourth = await another();
  await fourth.goto("/login");
  await withRecoveryCode(fourth, owner, recovery);
  await expect(fourth.getByLabel("Recovery code")).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await other.goto("/contacts");
  await expect(other.getByRole("heading", { name: "Welcome back" })).toBeVisible();
});

async function withRecoveryCode(page: Page, owner: Parameters<typeof signInByForm>[1], code: string) {
  await signInByForm(page, owner);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
}
