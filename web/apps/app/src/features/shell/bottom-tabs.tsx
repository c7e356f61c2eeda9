import { Link } from "@tanstack/react-router";
import { InboxBadge } from "./inbox-badge";
import { useNav } from "./nav";

/** The phone's navigation, within reach of the thumb. */
export function BottomTabs() {
  const tabs = useNav().flatMap(({ items }) => items.filter(({ tab }) => tab));
  return (
    <nav aria-label="Main" className="flex shrink-0 border-t bg-background pb-[env(safe-area-inset-bottom)]">
      {tabs.map(({ to, tab, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="flex h-13 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-muted-foreground outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset data-[status=active]:font-medium data-[status=active]:text-primary"
        >
          <span className="relative">
            <Icon aria-hidden className="size-5" />
            {to === "/inbox" && <InboxBadge rail />}
          </span>
          {tab}
        </Link>
      ))}
    </nav>
  );
}
