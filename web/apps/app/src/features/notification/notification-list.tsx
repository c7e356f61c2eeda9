import { Button } from "@aerostic/ui/button";
import { EmptyState } from "@aerostic/ui/empty-state";
import { cn } from "@aerostic/ui/lib/cn";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useNavigate } from "@tanstack/react-router";
import {
  AlarmClock,
  AlarmClockOff,
  AtSign,
  BellOff,
  Frown,
  Inbox,
  type LucideIcon,
  Megaphone,
  MessageSquare,
  OctagonAlert,
  ReceiptIndianRupee,
  Timer,
  UserRoundCheck,
} from "lucide-react";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Notification, useNotifications, useRead } from "./api/notifications";

const icons: Record<Notification["event"], LucideIcon> = {
  assigned: UserRoundCheck,
  message: MessageSquare,
  mention: AtSign,
  unassigned: Inbox,
  sla_warning: Timer,
  sla_breached: AlarmClock,
  snooze_over: AlarmClockOff,
  csat_low: Frown,
  payment_received: ReceiptIndianRupee,
  campaign_finished: Megaphone,
  campaign_failed: OctagonAlert,
};

/** What somebody was told, the latest first; opening one reads it. */
export function NotificationList({ onOpen }: { onOpen?: () => void }) {
  const { rows, loading, error, hasMore, loadingMore, onLoadMore, onRetry } = usePagedRows(
    useNotifications(),
  );
  if (loading) return <Loading />;
  if (error) return <ProblemAlert error={error} onRetry={onRetry} className="m-3" />;
  if (rows.length === 0) {
    return (
      <EmptyState icon={BellOff} title="Nothing happened yet" className="py-10">
        You are told here when a conversation becomes yours, when somebody mentions you, and more.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-col">
        {rows.map((notification) => (
          <li key={notification.id} className="border-b last:border-b-0">
            <Entry notification={notification} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <div className="flex justify-center p-2">
          <Button size="sm" variant="ghost" loading={loadingMore} onClick={onLoadMore}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({ notification, onOpen }: { notification: Notification; onOpen?: () => void }) {
  const { id, event, title, preview, path, at, read } = notification;
  const navigate = useNavigate();
  const format = useFormat();
  const mark = useRead();
  const Icon = icons[event];
  const open = () => {
    if (!read) mark.mutate({ body: { ids: [id] } });
    onOpen?.();
    navigate({ href: path });
  };
  return (
    <button
      type="button"
      onClick={open}
      className="focus-ring-inset flex w-full items-start gap-3 px-4 py-3 text-left text-sm transition-colors hover:bg-accent"
    >
      <Icon
        aria-hidden
        className={cn("mt-0.5 size-4 shrink-0", read ? "text-muted-foreground" : "text-primary")}
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={cn("wrap-break-word", !read && "font-medium")}>{title}</span>
        {preview && (
          <span dir="auto" className="truncate text-muted-foreground text-xs">
            {preview}
          </span>
        )}
        <time dateTime={at} className="text-2xs text-muted-foreground">
          {format.relative(at)}
        </time>
      </span>
      {!read && (
        <span className="mt-1.5 size-2 shrink-0 rounded-full bg-primary">
          <span className="sr-only">Not read</span>
        </span>
      )}
    </button>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading notifications" className="flex flex-col gap-3 p-4">
      {["a", "b", "c"].map((key) => (
        <Skeleton key={key} className="h-10" />
      ))}
    </div>
  );
}
