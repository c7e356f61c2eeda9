import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { Lock } from "lucide-react";
import { useFormat } from "@/lib/format";
import type { ThreadNote } from "../model";
import { useNames } from "../names";

/** A private note: amber and dashed, so that nobody takes it for a message. */
export function NoteBubble({ note, at }: { note: ThreadNote; at: string }) {
  const format = useFormat();
  const { who, member } = useNames();
  return (
    <div className="ml-auto w-fit min-w-48 max-w-[min(85%,32rem)] rounded-2xl border border-warning/40 border-dashed bg-warning-soft px-3 py-2">
      <p className="flex items-center gap-1.5 font-medium text-2xs text-warning">
        <Lock aria-hidden className="size-3" /> Internal note · <bdi>{who(note.by) || "Somebody"}</bdi>
      </p>
      <p className="text-md">
        <Mentioned text={note.body} names={note.mentions?.flatMap((id) => member(id) ?? []) ?? []} />
      </p>
      <p className="text-right text-2xs text-warning">
        {note.editedAt && "edited · "}
        <time dateTime={at}>{format.time(at)}</time>
      </p>
    </div>
  );
}

/** The text with the names of those it mentions set off. */
function Mentioned({ text, names }: { text: string; names: string[] }) {
  const known = names.filter(Boolean).map((name) => `@${name}`);
  if (known.length === 0) return <WhatsAppText links text={text} />;
  const parts = text.split(new RegExp(`(${known.map(literally).join("|")})`, "u"));
  return (
    <span dir="auto" className="whitespace-pre-wrap break-words">
      {parts.map((part, index) =>
        known.includes(part) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity and hold no state
          <strong key={index} className="font-semibold text-warning">
            {part}
          </strong>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity and hold no state
          <WhatsAppText key={index} links text={part} />
        ),
      )}
    </span>
  );
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
