import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { CornerUpRight, Smartphone } from "lucide-react";
import { memo } from "react";
import { useFormat } from "@/lib/format";
import { isForwarded, referralOf } from "../content";
import type { ThreadItem, ThreadMessage } from "../model";
import { useNames } from "../names";
import { previewOf } from "../preview";
import { BubbleMenu } from "./bubble-menu";
import { ReferralView } from "./cards";
import { ContentView } from "./content-view";
import { Ticks } from "./ticks";

export interface BubbleActions {
  onQuote?: (item: ThreadItem) => void;
  onReact?: (id: string, emoji: string) => void;
  /** Shows the message with this id. */
  onJump?: (id: string) => void;
  /** Opens what happened to the message. */
  onExplain?: (id: string) => void;
  onRetry?: (id: string) => void;
  onDiscard?: (id: string) => void;
  onCancel?: (id: string) => void;
  /** Sends a failed one once more. */
  onAgain?: (id: string) => void;
  /** Asks where the payment stands that it asks for. */
  onCheckPayment?: (id: string) => Promise<unknown>;
}

interface BubbleProps extends BubbleActions {
  item: ThreadItem;
  message: ThreadMessage;
  /** Begins a group of its side: has the pointed corner and the name. */
  first: boolean;
  /** Shown for a moment after a jump. */
  lit?: boolean;
}

/** A message of either side. */
export const Bubble = memo(function Bubble({ item, message, first, lit, ...actions }: BubbleProps) {
  const out = message.direction === "out";
  const { member } = useNames();
  const check = actions.onCheckPayment;
  const name = out ? senderOf(message, member(message.sentBy)) : undefined;
  return (
    <div className={cn("group/bubble flex items-center gap-1", out ? "flex-row-reverse" : "flex-row")}>
      <div className="relative min-w-0 max-w-[min(85%,32rem)]">
        <div
          className={cn(
            "rounded-2xl border px-3 py-2 text-md shadow-xs transition-shadow",
            out
              ? "border-transparent bg-bubble-out"
              : "border-border/70 bg-bubble-in dark:border-transparent",
            first && (out ? "rounded-tr-xs" : "rounded-tl-xs"),
            lit && "ring-2 ring-primary",
          )}
        >
          {first && name && <p className="font-medium text-2xs text-primary-soft-foreground">{name}</p>}
          <Origin message={message} />
          {message.quote && <Quote quote={message.quote} onJump={actions.onJump} />}
          <ContentView message={message} onCheck={check && (() => check(item.id))} />
          <Foot item={item} message={message} />
        </div>
        <Reactions message={message} />
        <Trouble item={item} message={message} {...actions} />
      </div>
      <BubbleMenu item={item} message={message} {...actions} />
    </div>
  );
});

/** Where it came from, if not from this conversation itself. */
function Origin({ message }: { message: ThreadMessage }) {
  const referral = referralOf(message.content);
  return (
    <>
      {isForwarded(message.content) && (
        <p className="flex items-center gap-1 text-2xs text-muted-foreground italic">
          <CornerUpRight aria-hidden className="size-3" /> Forwarded
        </p>
      )}
      {message.source === "history" && <p className="text-2xs text-muted-foreground">Imported history</p>}
      {referral && <ReferralView referral={referral} />}
    </>
  );
}

const origins: Record<string, string> = {
  sequence: "Sequence",
  workflow: "Workflow",
  agent: "Bot",
  api: "API",
  consent: "Automatic answer",
  away: "Away message",
  rating: "Rating",
  test: "Test",
};

function senderOf({ source, origin, campaign }: ThreadMessage, member: string | undefined) {
  if (source === "echo" || origin === "phone") {
    return (
      <span className="flex items-center gap-1">
        <Smartphone aria-hidden className="size-3" /> From the phone app
      </span>
    );
  }
  if (campaign) return `Campaign · ${campaign.name}`;
  return member ?? origins[origin];
}

function Quote({
  quote,
  onJump,
}: {
  quote: NonNullable<ThreadMessage["quote"]>;
  onJump?: (id: string) => void;
}) {
  return (
    <button
      type="button"
      onClick={() => onJump?.(quote.id)}
      className="focus-ring mb-1 block w-full min-w-32 rounded-md border border-transparent bg-foreground/5 px-2 py-1 text-left text-sm"
    >
      <span className="block border-primary border-l-2 pl-2">
        <span className="block text-2xs text-muted-foreground">
          {quote.direction === "out" ? "Your message" : "Their message"}
        </span>
        <span dir="auto" className="line-clamp-2">
          {previewOf({ preview: quote.text ?? "", lastKind: quote.kind })}
        </span>
      </span>
    </button>
  );
}

function Foot({ item, message }: { item: ThreadItem; message: ThreadMessage }) {
  const format = useFormat();
  return (
    <p className="-mb-0.5 flex items-center justify-end gap-1 text-2xs text-muted-foreground">
      {message.edited && !message.revoked && <span>edited</span>}
      {message.dueAt && (message.state === "queued" || message.state === "scheduled") ? (
        <time dateTime={message.dueAt}>Goes {format.dateTime(message.dueAt)}</time>
      ) : (
        <time dateTime={item.at} title={format.dateTime(item.at)}>
          {format.time(item.at)}
        </time>
      )}
      {message.direction === "out" && (
        <Ticks state={message.dueAt && message.state === "queued" ? "scheduled" : message.state} />
      )}
    </p>
  );
}

function Reactions({ message: { reactions = [], direction } }: { message: ThreadMessage }) {
  if (reactions.length === 0) return null;
  return (
    <p className={cn("relative -mt-1.5 flex px-2", direction === "out" && "justify-end")}>
      <span className="flex items-center gap-1 rounded-full border bg-card px-1.5 py-px text-sm shadow-xs">
        {reactions.map(({ emoji, by }) => (
          <span key={by}>
            {emoji}
            <span className="sr-only">{by === "contact" ? " from them" : " from you"}</span>
          </span>
        ))}
      </span>
    </p>
  );
}

/** What went wrong, what to do about it, and where to read more. */
function Trouble({
  item,
  message,
  onExplain,
  onRetry,
  onDiscard,
  onCancel,
  onAgain,
}: Omit<BubbleProps, "first">) {
  const { error, state } = message;
  if (message.dueAt && (state === "queued" || state === "scheduled") && onCancel) {
    return (
      <p className="mt-1 flex justify-end">
        <Button
          variant="link"
          size="xs"
          onClick={() => (message.here ? onDiscard?.(item.id) : onCancel(item.id))}
        >
          Cancel sending
        </Button>
      </p>
    );
  }
  if (!error) return null;
  const here = message.here && onRetry && onDiscard;
  return (
    <p className="mt-1 text-right text-destructive text-xs" role="note">
      <span className="font-medium">{error.title}</span> {error.advice}{" "}
      {here && (
        <>
          <Button variant="link" size="xs" onClick={() => onRetry(item.id)}>
            Try again
          </Button>{" "}
          <Button variant="link" size="xs" onClick={() => onDiscard(item.id)}>
            Discard
          </Button>
        </>
      )}
      {!here && onAgain && (
        <>
          <Button variant="link" size="xs" onClick={() => onAgain(item.id)}>
            Send again
          </Button>{" "}
        </>
      )}
      {!here && onExplain && (
        <Button variant="link" size="xs" onClick={() => onExplain(item.id)}>
          Why?
        </Button>
      )}
    </p>
  );
}
