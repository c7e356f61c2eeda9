import { Page } from "@/features/shell/page";
import type { WalletSearch } from "./wallet-search";

export function WalletScreen(_: { search: WalletSearch }) {
  return <Page title="Wallet" />;
}
