/* What needs somebody, from what the lists say: each with one thing to do. */
import type { Campaign } from "@/features/campaign/api/campaigns";
import type { Channel } from "@/features/channel/api/list";
import type { Template } from "@/features/template/api/templates";

export interface Attention {
  key: string;
  tone: "danger" | "warning" | "info";
  title: string;
  note: string;
  verb: string;
  target:
    | { to: "/campaigns/$id"; params: { id: string } }
    | { to: "/templates/$id"; params: { id: string } }
    | { to: "/numbers" }
    | { to: "/wallet" };
}

export interface Sources {
  paused: Campaign[];
  templates: Template[];
  channels: Channel[];
  /** The balance in words when it is low. */
  lowBalance: string | undefined;
}

/** The worst first, then in the order campaign, wallet, number, template. */
export function attention({ paused, templates, channels, lowBalance }: Sources): Attention[] {
  const all = [
    ...paused.map(ofCampaign),
    ...(lowBalance ? [ofWallet(lowBalance)] : []),
    ...channels.flatMap((channel) => ofChannel(channel) ?? []),
    ...templates.map(ofTemplate),
  ];
  const order = { danger: 0, warning: 1, info: 2 };
  return all.sort((a, b) => order[a.tone] - order[b.tone]);
}

function ofCampaign({ id, name, pauseNote }: Campaign): Attention {
  return {
    key: `campaign ${id}`,
    tone: "warning",
    title: `${name} is paused`,
    note: pauseNote?.title ?? "Resume it when you are ready.",
    verb: "Open",
    target: { to: "/campaigns/$id", params: { id } },
  };
}

function ofWallet(balance: string): Attention {
  return {
    key: "wallet",
    tone: "danger",
    title: "The wallet is running low",
    note: `${balance} left. Sending pauses when it is used up.`,
    verb: "Open",
    target: { to: "/wallet" },
  };
}

function ofChannel({ id, advice, displayPhone, verifiedName, status }: Channel): Attention | undefined {
  if (!advice) return undefined;
  return {
    key: `channel ${id}`,
    tone: status === "connected" ? "warning" : "danger",
    title: `${verifiedName || displayPhone}: ${advice.reason}`,
    note: advice.todo,
    verb: "Review",
    target: { to: "/numbers" },
  };
}

function ofTemplate({ id, name, status, whyNot }: Template): Attention {
  const words: Record<string, string> = {
    REJECTED: "was rejected",
    PAUSED: "is paused",
    DISABLED: "is disabled",
  };
  return {
    key: `template ${id}`,
    tone: status === "PAUSED" ? "warning" : "danger",
    title: `Template ${name} ${words[status] ?? status.toLowerCase()}`,
    note: whyNot ?? "",
    verb: status === "PAUSED" ? "Review" : "Fix",
    target: { to: "/templates/$id", params: { id } },
  };
}
