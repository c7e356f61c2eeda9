import { Page } from "@/features/shell/page";

export function ProfileScreen() {
  return <Page title="Profile" />;
}
