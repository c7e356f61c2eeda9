import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { Copy, ExternalLink, FileText, LayoutList, type LucideIcon, Phone, Reply } from "lucide-react";
import { type ServerPreview, toPreview } from "@/features/template/preview";
import type { ThreadMessage } from "../model";
import { Buttons } from "./cards";

const icons: Record<string, LucideIcon> = {
  quick_reply: Reply,
  url: ExternalLink,
  phone: Phone,
  copy_code: Copy,
  other: LayoutList,
};

/** A template as the person got it; only its name while nothing more is known. */
export function TemplateView({ message: { template, rendered, text } }: { message: ThreadMessage }) {
  if (!isPreview(rendered)) return <Named name={template?.name ?? ""} text={text} />;
  const { header, body, footer, buttons = [], cards = [] } = toPreview(rendered);
  return (
    <span className="flex flex-col gap-1">
      {header?.kind === "text" && <bdi className="font-semibold">{header.text}</bdi>}
      {header && header.kind !== "text" && (
        <span className="flex items-center gap-2 rounded-lg bg-foreground/5 px-2.5 py-2 text-muted-foreground text-sm">
          <FileText aria-hidden className="size-4" />
          {header.name ?? { image: "Picture", video: "Video", document: "Document", location: "Location" }[header.kind]}
        </span>
      )}
      <WhatsAppText links text={body} />
      {footer && <bdi className="text-muted-foreground text-xs">{footer}</bdi>}
      {cards.length > 0 && <span className="text-muted-foreground text-sm">With {cards.length} cards</span>}
      <Buttons buttons={buttons.map((button) => ({ text: button.text, icon: icons[button.kind] ?? LayoutList }))} />
    </span>
  );
}

function Named({ name, text }: { name: string; text?: string }) {
  if (text) return <WhatsAppText links text={text} />;
  return (
    <span className="flex items-center gap-2 text-muted-foreground">
      <FileText aria-hidden className="size-4" /> Template {name}
    </span>
  );
}

function isPreview(rendered: unknown): rendered is ServerPreview {
  return typeof rendered === "object" && rendered !== null && "body" in rendered;
}
