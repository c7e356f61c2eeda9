import type { LucideIcon } from "lucide-react";
import {
  Copy,
  ExternalLink,
  FileText,
  Gift,
  Image,
  LayoutList,
  MapPin,
  Phone,
  Play,
  Reply,
} from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";
import { Avatar } from "./avatar";
import { WhatsAppText } from "./whatsapp-text";

export type PreviewButtonKind = "quick_reply" | "url" | "phone" | "copy_code" | "other";

/** A template's content, whatever its source: a form, the API, a contact's filled-in copy. */
export interface PreviewMessage {
  header?:
    | { kind: "text"; text: string }
    | { kind: "image" | "video" | "document" | "location"; url?: string; name?: string };
  body: string;
  footer?: string;
  buttons?: { kind: PreviewButtonKind; text: string }[];
  /** The line of a limited-time offer. */
  offer?: string;
  /** A carousel's cards, side by side below the bubble. */
  cards?: PreviewMessage[];
}

interface PhonePreviewProps {
  /** The sender's display name. */
  sender: string;
  message: PreviewMessage;
  /** Placeholder values; without one the placeholder itself shows, marked. */
  values?: Record<string, string | undefined>;
  /** The clock in the bubble. */
  time?: string;
  className?: string;
}

/** A template as it lands on a phone. Ours in looks: it promises the content, not the pixels. */
export function PhonePreview({ sender, message, values, time = "10:42", className }: PhonePreviewProps) {
  return (
    <figure
      aria-label={`Preview of the message from ${sender}`}
      className={cn("w-full max-w-80 overflow-hidden rounded-2xl border bg-chat-canvas shadow-sm", className)}
    >
      <figcaption className="flex items-center gap-2.5 border-b bg-card px-3.5 py-2.5">
        <Avatar name={sender} size="md" />
        <span className="min-w-0">
          <span className="block truncate font-medium text-sm">{sender}</span>
          <span className="block text-2xs text-muted-foreground">Business account</span>
        </span>
      </figcaption>
      <div className="flex min-h-40 flex-col items-start gap-1 p-3.5">
        <MessageBubble message={message} values={values} time={time} />
        {message.cards && message.cards.length > 0 && <Cards cards={message.cards} values={values} />}
      </div>
    </figure>
  );
}

function Cards({ cards, values }: { cards: PreviewMessage[]; values: PhonePreviewProps["values"] }) {
  return (
    <ul
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Cards"
      className="scroll-pane -mx-3.5 flex w-[calc(100%+1.75rem)] snap-x scroll-px-3.5 gap-2 rounded-md px-3.5 pt-1 pb-2 outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
    >
      {cards.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards have no identity but their place
        <li key={index} className="w-52 shrink-0 snap-start">
          <MessageBubble message={card} values={values} />
        </li>
      ))}
    </ul>
  );
}

/** The bubble alone, for lists and test sends. */
export function MessageBubble({
  message,
  values,
  time,
}: Pick<PhonePreviewProps, "message" | "values" | "time">) {
  const buttons = message.buttons ?? [];
  return (
    <div className="w-full max-w-72 overflow-hidden rounded-xl rounded-tl-xs bg-bubble-in shadow-sm">
      <div className="flex flex-col gap-1 p-2.5 text-md leading-5">
        <Header header={message.header} values={values} />
        {message.offer && (
          <span className="flex items-center gap-2 rounded-md bg-muted px-2.5 py-2 font-medium text-sm">
            <Gift aria-hidden className="size-4 shrink-0 text-primary" />
            {message.offer}
          </span>
        )}
        {message.body ? (
          <WhatsAppText text={message.body} values={values} />
        ) : (
          <span className="text-subtle-foreground">The message text appears here</span>
        )}
        {message.footer && <span className="text-muted-foreground text-xs">{message.footer}</span>}
        {time && <span className="self-end text-2xs text-subtle-foreground">{time}</span>}
      </div>
      {buttons.map((button, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two buttons may read alike while being written
        <BubbleButton key={`${index} ${button.kind}`} kind={button.kind}>
          {button.text || "Button"}
        </BubbleButton>
      ))}
    </div>
  );
}

const mediaIcons: Record<string, LucideIcon> = {
  image: Image,
  video: Play,
  document: FileText,
  location: MapPin,
};

function Header({
  header,
  values,
}: {
  header: PreviewMessage["header"];
  values: PhonePreviewProps["values"];
}) {
  if (!header) return null;
  if (header.kind === "text") {
    return (
      <span className="font-semibold">
        <WhatsAppText text={header.text} values={values} />
      </span>
    );
  }
  if (header.kind === "image" && header.url) {
    return (
      <img
        src={header.url}
        alt={header.name ?? "Header"}
        className="aspect-[1.91] w-full rounded-md object-cover"
      />
    );
  }
  const Icon = mediaIcons[header.kind] ?? FileText;
  return (
    <span className="flex aspect-[1.91] w-full flex-col items-center justify-center gap-1 rounded-md bg-muted text-muted-foreground text-xs">
      <Icon aria-hidden className="size-6" />
      {header.name ??
        { image: "Image", video: "Video", document: "Document", location: "Location" }[header.kind]}
    </span>
  );
}

const buttonIcons: Record<PreviewButtonKind, LucideIcon> = {
  quick_reply: Reply,
  url: ExternalLink,
  phone: Phone,
  copy_code: Copy,
  other: LayoutList,
};

function BubbleButton({ kind, children }: { kind: PreviewButtonKind; children: ReactNode }) {
  const Icon = buttonIcons[kind];
  return (
    <span className="flex min-h-10 items-center justify-center gap-2 border-t px-3 font-medium text-info text-sm">
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}
