import { Kbd } from "@aerostic/ui/kbd";
import { cn } from "@aerostic/ui/lib/cn";
import { Tooltip } from "@aerostic/ui/tooltip";
import { Link, useMatchRoute } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useAccount } from "@/features/auth/api/me";
import { BellMenu } from "@/features/notification/bell";
import { InboxBadge } from "./inbox-badge";
import { type NavItem, useNav } from "./nav";
import { useShell } from "./shell-context";
import { UserMenu } from "./user-menu";
import { WalletCard } from "./wallet-card";
import { WorkspaceMenu } from "./workspace-menu";

/** 240 px with labels, 56 px as a rail. */
export function Sidebar({ rail }: { rail: boolean }) {
  const inWorkspace = useAccount().tenant !== undefined;
  return (
    <aside
      aria-label="Sidebar"
      className={cn("flex h-full shrink-0 flex-col transition-[width] max-md:w-full", rail ? "w-14" : "w-60")}
    >
      <div className="flex flex-col gap-1 p-2 pb-0">
        <WorkspaceMenu rail={rail} />
        <SearchButton rail={rail} />
        {inWorkspace && <BellMenu rail={rail} />}
      </div>
      <nav aria-label="Main" className="scroll-pane min-h-0 flex-1 p-2">
        {useNav().map((group) => (
          <div key={group.label ?? "top"} className={cn(group.label && (rail ? "mt-3" : "mt-4"))}>
            {group.label && !rail && (
              <p className="px-2 pb-1 text-2xs text-muted-foreground">{group.label}</p>
            )}
            <ul className="flex flex-col gap-0.5">
              {group.items.map((item) => (
                <li key={item.to}>
                  <NavLink item={item} rail={rail} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {!rail && <WalletCard />}
      <div className="border-t p-2">
        <UserMenu rail={rail} />
      </div>
    </aside>
  );
}

function NavLink({ item: { to, label, icon: Icon }, rail }: { item: NavItem; rail: boolean }) {
  const reports = useMatchRoute()({ to: "/inbox/reports" });
  return (
    <Tooltip label={label} side="right" enabled={rail}>
      <Link
        to={to}
        // The reports have an entry of their own.
        activeOptions={{ exact: to === "/inbox" && Boolean(reports) }}
        aria-label={rail ? label : undefined}
        className={cn(
          "group focus-ring relative flex h-8 items-center gap-2.5 rounded-md border border-transparent px-2 text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground data-[status=active]:border-border data-[status=active]:bg-card data-[status=active]:font-medium data-[status=active]:text-foreground data-[status=active]:shadow-xs max-md:h-10",
          rail && "justify-center px-0",
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0 group-data-[status=active]:text-primary" />
        {!rail && label}
        {to === "/inbox" && <InboxBadge rail={rail} />}
      </Link>
    </Tooltip>
  );
}

function SearchButton({ rail }: { rail: boolean }) {
  const { openPalette } = useShell();
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-label="Search or jump to"
      className={cn(
        "focus-ring flex h-8 items-center gap-2 rounded-md border bg-card px-2 text-muted-foreground text-sm shadow-xs transition-colors hover:text-foreground max-md:h-10",
        rail && "justify-center px-0",
      )}
    >
      <Search aria-hidden className="size-4 shrink-0" />
      {!rail && (
        <>
          <span className="flex-1 text-left">Search</span>
          <Kbd className="max-md:hidden">⌘K</Kbd>
        </>
      )}
    </button>
  );
}
