import { Page } from "@/features/shell/page";

export function ImportScreen({ id }: { id: string }) {
  return <Page title={id} />;
}
