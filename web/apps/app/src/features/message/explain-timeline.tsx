import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { formatClock, formatDay, formatMoney } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import {
  Ban,
  CheckCheck,
  Check as CheckIcon,
  CirclePause,
  CirclePlay,
  CircleQuestionMark,
  CircleX,
  Hourglass,
  Inbox,
  type LucideIcon,
  PencilLine,
  Send,
  ShieldCheck,
  Undo2,
  Wallet,
} from "lucide-react";
import { useCan, useMe } from "@/features/auth/api/me";
import type { Explained, Stage } from "./api/explain";
import { Checks } from "./checks";

const icons: Record<string, LucideIcon> = {
  queued: Inbox,
  campaign_started: CirclePlay,
  campaign_resumed: CirclePlay,
  campaign_paused: CirclePause,
  campaign_halted: CirclePause,
  campaign_cancelled: Ban,
  delayed: Hourglass,
  parked: CirclePause,
  claimed: ShieldCheck,
  handed_back: Undo2,
  in_doubt: CircleQuestionMark,
  unknown: CircleQuestionMark,
  accepted: Send,
  sent: CheckIcon,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleX,
  refused: Ban,
  cancelled: Ban,
  duplicate: Ban,
  expired: Hourglass,
  charged: Wallet,
  released: Wallet,
  adjusted: Wallet,
};

const tones: Record<Stage["tone"], string> = {
  plain: "bg-muted text-muted-foreground",
  good: "bg-success-soft text-success border-success/25",
  wait: "bg-warning-soft text-warning border-warning/25",
  bad: "bg-destructive-soft text-destructive border-destructive/25",
};

/** What happened to a message, the earliest first; what is still awaited stands last. */
export function ExplainTimeline({ message: { stages, awaited } }: { message: Explained }) {
  return (
    <Card>
      <CardHeader
        title="What happened"
        description="As it was recorded at the time. Times are on your workspace's clock."
      />
      <CardBody>
        <ol className="flex flex-col" aria-label="What happened">
          {stages.map((stage, index) => (
            <Happening
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened only grows at its end
              key={`${index} ${stage.kind}`}
              stage={stage}
              last={!awaited && index === stages.length - 1}
            />
          ))}
          {awaited && (
            <Row icon={Hourglass} tone={tones.wait} last>
              <p className="font-medium text-sm">What is awaited</p>
              <p className="text-muted-foreground text-sm">{awaited}</p>
            </Row>
          )}
        </ol>
      </CardBody>
    </Card>
  );
}

interface RowProps {
  icon: LucideIcon;
  tone: string;
  last: boolean;
  children: React.ReactNode;
}

function Row({ icon: Icon, tone, last, children }: RowProps) {
  return (
    <li className={cn("relative flex gap-3", !last && "pb-5")}>
      {!last && <span aria-hidden className="absolute top-8 bottom-1 left-3.5 w-px bg-border" />}
      <span className={cn("flex size-7 shrink-0 items-center justify-center rounded-full border", tone)}>
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1 pt-0.5">{children}</div>
    </li>
  );
}

function Happening({ stage, last }: { stage: Stage; last: boolean }) {
  const when = useWhen();
  return (
    <Row icon={icons[stage.kind] ?? PencilLine} tone={tones[stage.tone]} last={last}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium text-sm">
          {stage.title}
          {stage.by && (
            <span className="font-normal text-muted-foreground">
              {" "}
              by <span dir="auto">{stage.by}</span>
            </span>
          )}
        </span>
        <time dateTime={stage.at} className="text-muted-foreground text-xs tabular-nums">
          {when(stage.at)}
        </time>
      </p>
      {stage.text && <p className="wrap-anywhere text-muted-foreground text-sm">{stage.text}</p>}
      <Reaction stage={stage} />
      {stage.until && (
        <p className="text-sm">
          <span className="text-muted-foreground">{stage.kind === "failed" ? "Tried again" : "Goes on"}</span>{" "}
          {when(stage.until)}
        </p>
      )}
      <Amount stage={stage} />
      {stage.checks && <Checks checks={stage.checks} />}
    </Row>
  );
}

/** WhatsApp's error, what Aerostic did about it and what a person can do. */
function Reaction({ stage: { code, said, did, next } }: { stage: Stage }) {
  return (
    <>
      {did && (
        <p className="text-sm">
          <span className="text-muted-foreground">What we did:</span> {did}
        </p>
      )}
      {next && (
        <p className="text-sm">
          <span className="text-muted-foreground">What you can do:</span> {next}
        </p>
      )}
      {code !== undefined && (
        <p className="wrap-anywhere text-muted-foreground text-xs">
          WhatsApp's code {code}
          {said && (
            <>
              : <span dir="auto">{said}</span>
            </>
          )}
        </p>
      )}
    </>
  );
}

function Amount({ stage: { amount, base = 0, markup = 0, transaction, kind } }: { stage: Stage }) {
  const { currency } = useMe().tenant;
  const mayRead = useCan("wallet.read");
  if (amount === undefined) return null;
  const money = (value: number) => formatMoney({ amount: value, currency });
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm">
      <span>
        {kind === "claimed" && "Set aside: "}
        <span className="font-medium tabular-nums">{money(amount)}</span>
      </span>
      {base + markup !== 0 && (
        <span className="text-muted-foreground text-xs">
          {money(base)} WhatsApp, {money(markup)} markup
        </span>
      )}
      {transaction && mayRead && (
        <Link
          to="/wallet"
          search={{ transaction }}
          className="focus-ring rounded-xs border border-transparent text-xs underline underline-offset-2"
        >
          In the wallet
        </Link>
      )}
    </p>
  );
}

/** A time to the second on the workspace's clock. */
export function useWhen(): (at: string) => string {
  const { timezone } = useMe().tenant;
  return (at) => `${formatDay(at, timezone)}, ${formatClock(at, timezone)}`;
}
