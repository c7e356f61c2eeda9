import {
  Building2,
  ChartColumn,
  Contact,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  Phone,
  Settings,
  ShieldCheck,
  Target,
  UsersRound,
  Wallet,
  Waypoints,
} from "lucide-react";
import { type Permission, useMe } from "@/features/auth/api/me";

export interface NavItem {
  to:
    | "/overview"
    | "/inbox"
    | "/contacts"
    | "/campaigns"
    | "/sequences"
    | "/templates"
    | "/consent"
    | "/goals"
    | "/inbox/reports"
    | "/wallet"
    | "/numbers"
    | "/team"
    | "/settings"
    | "/platform";
  label: string;
  icon: LucideIcon;
  permission: Permission;
  /** Second key after G. */
  key: string;
  /** Among the phone's bottom tabs, under this shorter name. */
  tab?: string;
}

export interface NavGroup {
  label?: string;
  items: NavItem[];
}

const groups: NavGroup[] = [
  {
    items: [
      {
        to: "/overview",
        label: "Overview",
        icon: LayoutDashboard,
        permission: "overview.read",
        key: "o",
        tab: "Home",
      },
      { to: "/inbox", label: "Inbox", icon: Inbox, permission: "inbox.read", key: "i", tab: "Inbox" },
    ],
  },
  {
    label: "Engage",
    items: [
      {
        to: "/contacts",
        label: "Contacts",
        icon: Contact,
        permission: "contact.read",
        key: "c",
        tab: "Contacts",
      },
      {
        to: "/campaigns",
        label: "Campaigns",
        icon: Megaphone,
        permission: "campaign.read",
        key: "m",
        tab: "Campaigns",
      },
      {
        to: "/sequences",
        label: "Sequences",
        icon: Waypoints,
        permission: "campaign.read",
        key: "q",
      },
      {
        to: "/templates",
        label: "Templates",
        icon: MessagesSquare,
        permission: "template.read",
        key: "t",
        tab: "Templates",
      },
      {
        to: "/inbox/reports",
        label: "Inbox reports",
        icon: ChartColumn,
        permission: "inbox.manage",
        key: "r",
      },
      { to: "/goals", label: "Goals", icon: Target, permission: "campaign.read", key: "l" },
      { to: "/consent", label: "Consent", icon: ShieldCheck, permission: "contact.read", key: "k" },
    ],
  },
  {
    label: "Workspace",
    items: [
      { to: "/wallet", label: "Wallet", icon: Wallet, permission: "wallet.read", key: "w" },
      { to: "/numbers", label: "Numbers", icon: Phone, permission: "channel.read", key: "n" },
      { to: "/team", label: "Team", icon: UsersRound, permission: "team.read", key: "e" },
      { to: "/settings", label: "Settings", icon: Settings, permission: "settings.write", key: "s" },
    ],
  },
  {
    label: "Operator",
    items: [{ to: "/platform", label: "Platform", icon: Building2, permission: "platform", key: "p" }],
  },
];

/** What this person may open, by group; the one list behind sidebar, palette, tabs and G keys. */
export function useNav(): NavGroup[] {
  const me = useMe();
  const allowed = ({ permission }: NavItem) =>
    permission === "platform" ? me.user.platform : me.permissions.includes(permission);
  return groups
    .map((group) => ({ ...group, items: group.items.filter(allowed) }))
    .filter(({ items }) => items.length > 0);
}
