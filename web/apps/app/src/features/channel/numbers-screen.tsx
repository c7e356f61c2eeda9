import { Page } from "@/features/shell/page";

export function NumbersScreen() {
  return <Page title="Numbers" />;
}
