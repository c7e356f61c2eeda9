import { Alert } from "@aerostic/ui/alert";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatCount, formatNumber, formatPhone } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { Ellipsis, KeyRound, Pause, Play, RefreshCw, Unplug } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormat } from "@/lib/format";
import type { Channel } from "./api/list";
import { useRefreshChannel } from "./api/refresh";
import { useResumeChannel } from "./api/resume";
import { adviceTone, canPause, canResume, dailyLimit, qualities, statuses } from "./channel";
import { PauseDialog, RemoveDialog } from "./number-dialogs";
import { TokenDialog } from "./token-dialog";

interface NumberCardProps {
  channel: Channel;
  canWrite: boolean;
  /** How many other numbers share its daily limit. */
  shared: number;
}

type Asking = "pause" | "token" | "remove";

/** One number: whether it sends, how fast, how much, and what is the matter. */
export function NumberCard({ channel, canWrite, shared }: NumberCardProps) {
  const format = useFormat();
  const phone = formatPhone(channel.displayPhone);
  const [asking, setAsking] = useState<Asking>();
  const ask = (what: Asking) => ({
    channel,
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : undefined),
  });
  const status = statuses[channel.status];
  const quality = qualities[channel.quality];
  const needsToken = channel.status === "needs_reauth" || channel.status === "disconnected";
  return (
    <Card>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 p-4">
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="truncate font-semibold text-md tracking-title" dir="auto">
            {channel.verifiedName || phone}
          </h2>
          <p className="text-muted-foreground text-sm">{phone}</p>
        </div>
        <Badge tone={status.tone} dot>
          {status.label}
        </Badge>
        {canWrite && (
          <div className="flex items-center gap-2">
            <MainAction channel={channel} onPause={() => setAsking("pause")} />
            <Menu channel={channel} onToken={() => setAsking("token")} onRemove={() => setAsking("remove")} />
          </div>
        )}
      </header>
      {channel.advice && (
        <div className="px-4 pb-4">
          <Alert
            tone={adviceTone(channel)}
            title={channel.advice.reason}
            action={
              needsToken &&
              canWrite && (
                <Button size="sm" onClick={() => setAsking("token")}>
                  <KeyRound /> New token
                </Button>
              )
            }
          >
            {channel.advice.todo}
            {channel.pauseUntil && ` It resumes by itself on ${format.dateTime(channel.pauseUntil)}.`}
          </Alert>
        </div>
      )}
      <dl className="grid grid-cols-2 border-t sm:grid-cols-4">
        <Fact label="Quality">
          <Badge tone={quality.tone} dot>
            {quality.label}
          </Badge>
        </Fact>
        <Fact label="Speed">{formatNumber(channel.throughput)} a second</Fact>
        <Fact
          label="Daily limit"
          note={shared > 0 ? `Shared with ${formatCount(shared, "other number")}` : undefined}
        >
          {dailyLimit(channel.dailyLimit)}
        </Fact>
        <Fact label="Marketing API">{channel.marketingApi ? "On" : "Off"}</Fact>
        <Fact label="Delivery reports">{channel.subscribed ? "On" : "Off"}</Fact>
      </dl>
      <footer className="flex flex-wrap gap-x-4 gap-y-1 rounded-b-xl border-t bg-muted/60 px-4 py-2 text-muted-foreground text-xs">
        <span>Number id {channel.phoneNumberId}</span>
        <span>Account {channel.wabaId}</span>
        {channel.coexistence && <span>Also in the WhatsApp Business app</span>}
        <span className="sm:ml-auto">
          {channel.refreshedAt ? `Checked ${format.relative(channel.refreshedAt)}` : "Not checked yet"}
        </span>
      </footer>
      {asking === "pause" && <PauseDialog {...ask("pause")} />}
      {asking === "token" && <TokenDialog {...ask("token")} />}
      {asking === "remove" && <RemoveDialog {...ask("remove")} />}
    </Card>
  );
}

function Fact({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="border-r px-4 py-3 text-sm max-sm:even:border-r-0 sm:last:border-r-0 max-sm:[&:nth-child(-n+2)]:border-b">
      <dt className="mb-0.5 text-muted-foreground text-xs">{label}</dt>
      <dd>
        {children}
        {note && <span className="block text-muted-foreground text-xs">{note}</span>}
      </dd>
    </div>
  );
}

function MainAction({ channel, onPause }: { channel: Channel; onPause: () => void }) {
  const resume = useResumeChannel();
  const start = () =>
    resume.mutate(
      { params: { path: { id: channel.id } } },
      {
        onSuccess: () => toast.success(`${formatPhone(channel.displayPhone)} may send again`),
        onError: (error) => toast.error("Could not resume", { description: error.detail }),
      },
    );
  if (canPause(channel))
    return (
      <Button onClick={onPause}>
        <Pause /> Pause
      </Button>
    );
  if (canResume(channel))
    return (
      <Button loading={resume.isPending} onClick={start}>
        <Play /> Resume
      </Button>
    );
  return null;
}

function Menu({
  channel,
  onToken,
  onRemove,
}: {
  channel: Channel;
  onToken: () => void;
  onRemove: () => void;
}) {
  const refresh = useRefreshChannel();
  const check = () =>
    refresh.mutate(
      { params: { path: { id: channel.id } } },
      {
        onSuccess: () => toast.success("Checked with Meta"),
        onError: (error) => toast.error("Could not ask Meta", { description: error.detail }),
      },
    );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          loading={refresh.isPending}
          aria-label={`More for ${formatPhone(channel.displayPhone)}`}
        >
          {!refresh.isPending && <Ellipsis />}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={check}>
          <RefreshCw /> Check with Meta now
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={onToken}>
          <KeyRound /> New access token
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={onRemove}>
          <Unplug /> Remove number
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
