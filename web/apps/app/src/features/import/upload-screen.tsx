import { Page } from "@/features/shell/page";

export function UploadScreen() {
  return <Page title="Import" />;
}
