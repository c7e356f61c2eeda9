import { parseWhatsAppText, type Span, splitLinks } from "../lib/whatsapp-text";

interface WhatsAppTextProps {
  text: string;
  /** Values for {{placeholders}}; those without one stay visible and marked. */
  values?: Record<string, string | undefined>;
  /** Addresses in the text may be followed: in a thread, never in a preview. */
  links?: boolean;
}

/** One message text as WhatsApp shows it. */
export function WhatsAppText({ text, values = {}, links = false }: WhatsAppTextProps) {
  return (
    <span dir="auto" className="whitespace-pre-wrap break-words">
      {render(parseWhatsAppText(text), { values, links })}
    </span>
  );
}

type Manner = Required<Pick<WhatsAppTextProps, "values" | "links">>;

function render(spans: Span[], manner: Manner) {
  // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity and hold no state
  return spans.map((span, index) => <One key={`${index} ${span.kind}`} span={span} manner={manner} />);
}

function One({ span, manner }: { span: Span; manner: Manner }) {
  switch (span.kind) {
    case "text":
      return manner.links ? <Linked text={span.text} /> : span.text;
    case "code":
      return <code className="font-mono text-[0.92em]">{span.text}</code>;
    case "placeholder":
      return (
        manner.values[span.name] || (
          <mark className="rounded-xs bg-warning-soft px-0.5 text-warning">{`{{${span.name}}}`}</mark>
        )
      );
    case "bold":
      return <strong className="font-semibold">{render(span.children, manner)}</strong>;
    case "italic":
      return <em>{render(span.children, manner)}</em>;
    case "strike":
      return <s>{render(span.children, manner)}</s>;
  }
}

function Linked({ text }: { text: string }) {
  return splitLinks(text).map(({ text: part, href }, index) =>
    href ? (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity and hold no state
        key={index}
        href={href}
        target="_blank"
        rel="noreferrer noopener"
        className="break-all text-info underline decoration-info/40 underline-offset-2 hover:decoration-info"
      >
        {part}
      </a>
    ) : (
      part
    ),
  );
}
