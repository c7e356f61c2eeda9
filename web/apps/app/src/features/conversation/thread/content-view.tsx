import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { CircleSlash } from "lucide-react";
import { type Content, readContent, uploadOf } from "../content";
import type { ThreadMessage } from "../model";
import { BillView } from "./bill";
import { AnswersView, ChoiceView, ContactsView, LocationView, OfferView, OrderView } from "./cards";
import { MediaView } from "./media";
import { TemplateView } from "./template-view";

interface ContentViewProps {
  message: ThreadMessage;
  /** Asks where its payment stands. */
  onCheck?: () => Promise<unknown>;
}

/** What a message says, whatever its kind. */
export function ContentView({ message, onCheck }: ContentViewProps) {
  const { kind, content, text } = message;
  if (message.revoked) return <Gone />;
  if (message.template) return <TemplateView message={message} />;
  return <Shown content={readContent(kind, content, text)} message={message} onCheck={onCheck} />;
}

function Shown({ content, message, onCheck }: ContentViewProps & { content: Content }) {
  switch (content.is) {
    case "text":
      return <WhatsAppText links text={content.text} />;
    case "media":
      return <MediaView content={content} file={message.media ?? uploadOf(message.content)} />;
    case "location":
      return <LocationView place={content.place} />;
    case "contacts":
      return <ContactsView cards={content.cards} />;
    case "choice":
      return <ChoiceView text={content.text} detail={content.detail} />;
    case "answers":
      return <AnswersView title={content.title} answers={content.answers} />;
    case "order":
      return <OrderView items={content.items} text={content.text} />;
    case "offer":
      return <OfferView offer={content.offer} file={message.media ?? uploadOf(message.content)} />;
    case "bill":
      return <BillView {...content} message={message} onCheck={onCheck} />;
    case "unsupported":
      return <Unsupported what={content.what} />;
  }
}

function Gone() {
  return (
    <span className="flex items-center gap-1.5 text-muted-foreground italic">
      <CircleSlash aria-hidden className="size-3.5" />
      This message was deleted
    </span>
  );
}

const unsupported: Record<string, string> = {
  poll: "A poll. WhatsApp does not pass polls on; ask for the answer in words.",
  edit: "The message was edited on the phone. WhatsApp does not pass the new text on.",
  video_note: "A video note. WhatsApp does not pass these on; ask for a normal video.",
};

function Unsupported({ what }: { what?: string }) {
  return (
    <span className="text-muted-foreground italic">
      {unsupported[what ?? ""] ??
        "WhatsApp does not pass this kind of message on. Ask the person to send it in another way."}
    </span>
  );
}
