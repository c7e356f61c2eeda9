import { Page, PageBody } from "@/features/shell/page";
import { NameCard } from "./name-card";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";
import { ThemeCard } from "./theme-card";
import { TwoFactorCard } from "./two-factor-card";

/** One's own account: name, password, second factor, sessions and theme. */
export function ProfileScreen() {
  return (
    <Page title="Profile and security">
      <PageBody width="form">
        <NameCard />
        <PasswordCard />
        <TwoFactorCard />
        <SessionsCard />
        <ThemeCard />
      </PageBody>
    </Page>
  );
}
