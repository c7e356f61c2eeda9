import { Alert } from "@aerostic/ui/alert";
import { Badge, type Tone } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { CopyButton } from "@aerostic/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatClock, formatDay, formatMoney, formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Sheet, SheetContent } from "@aerostic/ui/sheet";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { ListTree } from "lucide-react";
import { useMe } from "@/features/auth/api/me";
import { useAddressee } from "./api/addressee";
import { type Message, useMessage } from "./api/message";

/** What happened to one message: its steps, why it ended so, and its money. */
export function MessageSheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { data: message, error, refetch } = useMessage(id);
  const { data: contact } = useAddressee(message?.contactId);
  return (
    <Sheet open={id !== undefined} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={contact?.name || (contact?.phone ? formatPhone(contact.phone) : "Message")}
        description={contact?.name && contact.phone ? formatPhone(contact.phone) : undefined}
      >
        <div className="flex flex-col gap-5 p-5">
          {message ? (
            <Explained message={message} />
          ) : error ? (
            <ProblemAlert error={notQueuedYet(error)} onRetry={() => refetch()} />
          ) : (
            <div role="status" aria-label="Loading" className="flex flex-col gap-3">
              <Skeleton className="h-16" />
              <Skeleton className="h-40" />
            </div>
          )}
        </div>
      </SheetContent>
    </Sheet>
  );
}

// A recipient has a message id from the start; the message comes with their turn.
function notQueuedYet(error: unknown): unknown {
  const missing = (error as { status?: number }).status === 404;
  return missing
    ? { detail: "There is no message yet: this person is still waiting for their turn." }
    : error;
}

const endings: Record<string, { tone: "info" | "success" | "warning" | "danger"; title: string }> = {
  queued: { tone: "info", title: "Waiting for its turn" },
  sending: { tone: "info", title: "Being handed to WhatsApp" },
  accepted: { tone: "info", title: "WhatsApp accepted it" },
  sent: { tone: "info", title: "On its way to the phone" },
  delivered: { tone: "success", title: "It is on the phone" },
  read: { tone: "success", title: "It was read" },
  in_doubt: { tone: "warning", title: "It is not known yet whether it left" },
  unknown: { tone: "warning", title: "WhatsApp never reported on it" },
  expired: { tone: "warning", title: "It was not delivered in time" },
  failed: { tone: "danger", title: "It failed" },
  refused: { tone: "warning", title: "It was not sent" },
  cancelled: { tone: "info", title: "It was cancelled before it was sent" },
  duplicate: { tone: "info", title: "The person got it under another contact" },
};

function Explained({ message }: { message: Message }) {
  const ending = endings[message.state] ?? { tone: "info" as const, title: message.state };
  const { explanation } = message;
  return (
    <>
      <Alert tone={ending.tone} title={explanation?.title || ending.title}>
        {explanation?.advice}
      </Alert>
      <Steps message={message} />
      <Button asChild size="sm" className="self-start">
        <Link to="/messages/$id" params={{ id: message.id }}>
          <ListTree aria-hidden /> Explain every step
        </Link>
      </Button>
      <Money message={message} />
      <DescriptionList>
        <DescriptionItem label="Category">
          <span className="capitalize">{message.category.toLowerCase()}</span>
        </DescriptionItem>
        {message.errorCode && <DescriptionItem label="WhatsApp's code">{message.errorCode}</DescriptionItem>}
        <DescriptionItem label="Message id">
          <span className="flex items-center gap-1">
            <code className="truncate font-mono text-xs">{message.id}</code>
            <CopyButton value={message.id} what="message id" />
          </span>
        </DescriptionItem>
      </DescriptionList>
    </>
  );
}

const stepWords: Record<string, { label: string; tone: Tone }> = {
  queued: { label: "Queued", tone: "neutral" },
  sending: { label: "Handed over", tone: "neutral" },
  accepted: { label: "Accepted by WhatsApp", tone: "primary" },
  sent: { label: "Sent", tone: "primary" },
  delivered: { label: "Delivered", tone: "success" },
  read: { label: "Read", tone: "info" },
  ended: { label: "Ended", tone: "warning" },
};

function Steps({ message: { steps } }: { message: Message }) {
  const { timezone } = useMe().tenant;
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">What happened</h3>
      <ol className="flex flex-col">
        {steps.map(({ step, at }, index) => (
          <li key={step} className="relative flex items-center gap-3 py-1.5">
            {index < steps.length - 1 && (
              <span aria-hidden className="absolute top-1/2 left-1 h-full w-px bg-border" />
            )}
            <span aria-hidden className="relative size-2 rounded-full bg-primary ring-4 ring-popover" />
            <Badge tone={stepWords[step]?.tone ?? "neutral"}>{stepWords[step]?.label ?? step}</Badge>
            <time dateTime={at} className="ml-auto text-muted-foreground text-xs">
              {formatDay(at, timezone)}, {formatClock(at, timezone)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Money({ message: { held, base, markup, pricingType } }: { message: Message }) {
  const { currency } = useMe().tenant;
  const money = (amount: number) => formatMoney({ amount, currency });
  const free = pricingType?.startsWith("free");
  return (
    <section>
      <h3 className="mb-1 font-semibold text-sm">Money</h3>
      <DescriptionList>
        <DescriptionItem label="WhatsApp's price">{money(base)}</DescriptionItem>
        <DescriptionItem label="Platform's markup">{money(markup)}</DescriptionItem>
        <DescriptionItem label="Charged">
          <span className="font-semibold">{money(base + markup)}</span>
          {free && (
            <span className="ml-1.5 text-muted-foreground text-xs">WhatsApp did not charge for it</span>
          )}
        </DescriptionItem>
        {held > 0 && (
          <DescriptionItem label="Held">
            {money(held)}
            <span className="ml-1.5 text-muted-foreground text-xs">until WhatsApp reports</span>
          </DescriptionItem>
        )}
      </DescriptionList>
    </section>
  );
}
