import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import { Link } from "@tanstack/react-router";
import { Bell, CheckCheck, Settings } from "lucide-react";
import { useState } from "react";
import { useRead, useUnread } from "./api/notifications";
import { NotificationList } from "./notification-list";

const labelOf = (unread: number) =>
  unread === 0 ? "Notifications" : `Notifications, ${countOf(unread)} not read`;

const countOf = (unread: number) => (unread > 99 ? "99+" : String(unread));

/** The sidebar's bell with its panel. */
export function BellMenu({ rail }: { rail: boolean }) {
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        aria-label={labelOf(unread)}
        className={cn(
          "focus-ring relative flex h-8 items-center gap-2.5 rounded-md border border-transparent px-2 text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground max-md:hidden",
          rail && "justify-center px-0",
        )}
      >
        <Bell aria-hidden className="size-4 shrink-0" />
        {!rail && <span className="flex-1 text-left">Notifications</span>}
        <Badge unread={unread} corner={rail} />
      </PopoverTrigger>
      <PopoverContent
        side="right"
        align="start"
        className="flex max-h-[min(36rem,80vh)] w-96 flex-col p-0"
        aria-label="Notifications"
      >
        <div className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
          <h2 className="flex-1 font-semibold text-sm">Notifications</h2>
          <ReadAll unread={unread} />
          <Button asChild variant="ghost" size="icon-sm">
            <Link to="/settings/notifications" aria-label="Notification settings" onClick={close}>
              <Settings aria-hidden />
            </Link>
          </Button>
        </div>
        <div className="scroll-pane min-h-0 flex-1">
          <NotificationList onOpen={close} />
        </div>
      </PopoverContent>
    </Popover>
  );
}

/** The phone's bell, in the header of every screen: it leads to the whole page. */
export function BellLink() {
  const unread = useUnread();
  return (
    <Button asChild variant="ghost" size="icon-sm" className="relative">
      <Link to="/notifications" aria-label={labelOf(unread)}>
        <Bell aria-hidden />
        <Badge unread={unread} corner />
      </Link>
    </Button>
  );
}

/** Marks everything read; nothing where nothing is unread. */
export function ReadAll({ unread }: { unread: number }) {
  const read = useRead();
  if (unread === 0) return null;
  return (
    <Button variant="ghost" size="sm" loading={read.isPending} onClick={() => read.mutate({ body: {} })}>
      <CheckCheck aria-hidden />
      Mark all read
    </Button>
  );
}

function Badge({ unread, corner }: { unread: number; corner: boolean }) {
  if (unread === 0) return null;
  return (
    <span
      aria-hidden
      className={cn(
        "flex h-4 min-w-4 items-center justify-center rounded-full bg-primary px-1 font-medium text-2xs text-primary-foreground tabular-nums",
        corner && "absolute -top-1 -right-1",
      )}
    >
      {countOf(unread)}
    </span>
  );
}
