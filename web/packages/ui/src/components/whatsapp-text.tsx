import { parseWhatsAppText, type Span } from "../lib/whatsapp-text";

interface WhatsAppTextProps {
  text: string;
  /** Values for {{placeholders}}; those without one stay visible and marked. */
  values?: Record<string, string | undefined>;
}

/** One message text as WhatsApp shows it. */
export function WhatsAppText({ text, values = {} }: WhatsAppTextProps) {
  return (
    <span dir="auto" className="whitespace-pre-wrap break-words">
      {render(parseWhatsAppText(text), values)}
    </span>
  );
}

function render(spans: Span[], values: Record<string, string | undefined>) {
  // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity and hold no state
  return spans.map((span, index) => <One key={`${index} ${span.kind}`} span={span} values={values} />);
}

function One({ span, values }: { span: Span; values: Record<string, string | undefined> }) {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return <code className="font-mono text-[0.92em]">{span.text}</code>;
    case "placeholder":
      return (
        values[span.name] || (
          <mark className="rounded-xs bg-warning-soft px-0.5 text-warning">{`{{${span.name}}}`}</mark>
        )
      );
    case "bold":
      return <strong className="font-semibold">{render(span.children, values)}</strong>;
    case "italic":
      return <em>{render(span.children, values)}</em>;
    case "strike":
      return <s>{render(span.children, values)}</s>;
  }
}
