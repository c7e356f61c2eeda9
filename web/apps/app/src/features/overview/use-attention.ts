import { formatMoney } from "@aerostic/ui/lib/format";
import { useCan } from "@/features/auth/api/me";
import { useCampaigns } from "@/features/campaign/api/campaigns";
import { useChannels } from "@/features/channel/api/list";
import { useTemplates } from "@/features/template/api/templates";
import { useWallet } from "@/features/wallet/api/balance";
import { useLive } from "@/lib/use-live";
import { attention } from "./attention";

/** What needs somebody; undefined until the lists have answered. */
export function useAttention() {
  const campaigns = useCan("campaign.read");
  const templates = useCan("template.read");
  const paused = useCampaigns({ status: ["paused"] }, { enabled: campaigns });
  const rejected = useTemplates({ status: "REJECTED" }, { enabled: templates });
  const stopped = useTemplates({ status: "PAUSED" }, { enabled: templates });
  const disabled = useTemplates({ status: "DISABLED" }, { enabled: templates });
  const channels = useChannels();
  const wallet = useWallet();
  useLive("campaigns", () => paused.refetch());
  useLive("templates", () => Promise.all([rejected, stopped, disabled].map((query) => query.refetch())));
  const all = [paused, rejected, stopped, disabled, channels, wallet];
  if (all.some(({ isLoading }) => isLoading)) return undefined;
  const low = wallet.data?.lowBalance ? formatMoney(wallet.data.available) : undefined;
  return attention({
    paused: paused.data?.pages[0]?.items ?? [],
    templates: [rejected, stopped, disabled].flatMap(({ data }) => data?.pages[0]?.items ?? []),
    channels: channels.data?.items ?? [],
    lowBalance: low,
  });
}
