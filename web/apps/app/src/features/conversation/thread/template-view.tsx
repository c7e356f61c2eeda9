import { fillPlaceholders } from "@aerostic/ui/lib/whatsapp-text";
import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { Copy, ExternalLink, FileText, LayoutList, type LucideIcon, Phone, Reply } from "lucide-react";
import { toPreview } from "@/features/template/preview";
import { useSentTemplate } from "../api/template";
import type { ThreadMessage } from "../model";
import { Buttons } from "./cards";

const icons: Record<string, LucideIcon> = {
  quick_reply: Reply,
  url: ExternalLink,
  phone: Phone,
  copy_code: Copy,
  other: LayoutList,
};

const headers = { image: "Picture", video: "Video", document: "Document", location: "Location" };

/** A template as the person got it: its words with what stood in its places, its header and buttons. */
export function TemplateView({ message: { template, text, params } }: { message: ThreadMessage }) {
  const { data } = useSentTemplate(template?.id);
  const words = text || (data && fillPlaceholders(data.body, places(params)));
  if (!data?.preview) return <Named name={template?.name ?? ""} text={words} />;
  const { header, footer, buttons = [], cards = [] } = toPreview(data.preview);
  return (
    <span className="flex flex-col gap-1">
      {header?.kind === "text" && <bdi className="font-semibold">{header.text}</bdi>}
      {header && header.kind !== "text" && (
        <span className="flex items-center gap-2 rounded-lg bg-foreground/5 px-2.5 py-2 text-muted-foreground text-sm">
          <FileText aria-hidden className="size-4" />
          {header.name ?? headers[header.kind]}
        </span>
      )}
      <WhatsAppText links text={words ?? ""} />
      {footer && <bdi className="text-muted-foreground text-xs">{footer}</bdi>}
      {cards.length > 0 && <span className="text-muted-foreground text-sm">With {cards.length} cards</span>}
      <Buttons
        buttons={buttons.map((button) => ({ text: button.text, icon: icons[button.kind] ?? LayoutList }))}
      />
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

/** The first value stands in {{1}}. */
function places(params: string[] = []): Record<string, string> {
  return Object.fromEntries(params.map((value, index) => [String(index + 1), value]));
}
