import { cn } from "@aerostic/ui/lib/cn";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { useCan } from "@/features/auth/api/me";
import { useCounts } from "@/features/conversation/api/counts";
import { useLiveList } from "@/features/conversation/live";
import { useOutgoing } from "@/features/conversation/use-outgoing";
import { useSeen } from "@/features/conversation/use-seen";

/** How many open conversations have news; on a rail or a tab it sits on the icon. */
export function InboxBadge({ rail }: { rail: boolean }) {
  return useCan("inbox.read") ? <Count rail={rail} /> : null;
}

function Count({ rail }: { rail: boolean }) {
  const { unread = 0, mentions = 0 } = useCounts().data ?? {};
  if (unread === 0 && mentions === 0) return null;
  const most = unread > 99 ? "99+" : formatNumber(unread);
  return (
    <span
      className={cn(
        "flex items-center justify-center rounded-full font-semibold text-2xs tabular-nums",
        rail
          ? "absolute -top-1.5 -right-2 h-4 min-w-4 bg-primary px-1 text-[10px] text-primary-foreground"
          : "ml-auto h-5 min-w-5 rounded-sm bg-primary-soft px-1.5 text-primary-soft-foreground",
        mentions > 0 && (rail ? "bg-warning" : "bg-warning-soft text-warning"),
      )}
    >
      <span aria-hidden>{unread > 0 ? most : "@"}</span>
      <span className="sr-only">
        , {formatCount(unread, "unread conversation")}
        {mentions > 0 && `, ${formatCount(mentions, "mention")}`}
      </span>
    </span>
  );
}

/** Keeps the inbox current and its messages going, on whatever screen one is. */
export function InboxAtWork() {
  return useCan("inbox.read") ? <AtWork /> : null;
}

function AtWork() {
  useLiveList();
  useOutgoing();
  useSeen();
  return null;
}
