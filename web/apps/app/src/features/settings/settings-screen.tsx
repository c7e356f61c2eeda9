import { Page } from "@/features/shell/page";

export function SettingsScreen() {
  return <Page title="Settings" />;
}
