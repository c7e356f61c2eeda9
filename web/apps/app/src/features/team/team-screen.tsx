import { Page } from "@/features/shell/page";

export function TeamScreen() {
  return <Page title="Team" />;
}
