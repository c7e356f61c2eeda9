import { Page } from "@/features/shell/page";

export function PlatformScreen(_: { tab?: string; sort?: string }) {
  return <Page title="Platform" />;
}
