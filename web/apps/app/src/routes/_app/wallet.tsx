import { createFileRoute } from "@tanstack/react-router";
import { WalletScreen } from "@/features/wallet/wallet-screen";
import { walletSearch } from "@/features/wallet/wallet-search";

export const Route = createFileRoute("/_app/wallet")({
  validateSearch: walletSearch,
  component: () => <WalletScreen search={Route.useSearch()} />,
});
