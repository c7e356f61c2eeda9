import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatCount } from "@aerostic/ui/lib/format";
import { Segmented } from "@aerostic/ui/segmented";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFields } from "@/features/contact/api/fields";
import type { Slot } from "@/features/template/api/template";
import { isMedia, isProducts, slotLabel } from "@/features/template/slot";
import { fromWallClock, toWallClock } from "@/lib/zoned-time";
import { isEmpty, type Source, standardFields, withSource } from "../mapping";
import { linesOf, sectionsOf } from "../products";
import { LinkSource, useTrackable } from "./link-source";

interface SlotFieldsProps {
  slots: Slot[];
  mapping: Source[];
  onChange: (mapping: Source[]) => void;
  tried: boolean;
  /** Whether values may be tracked links; a campaign's may. */
  links?: boolean;
  /** Whether values may be those of an event that begins it. */
  event?: boolean;
}

/** For each placeholder where its value comes from; what may stay empty is folded away. */
export function SlotFields({
  slots,
  mapping,
  onChange,
  tried,
  links = true,
  event = false,
}: SlotFieldsProps) {
  const field = (slot: Slot) => (
    <SlotField
      key={slot.key}
      slot={slot}
      source={mapping.find((source) => source.slot === slot.key)}
      onChange={(source) => onChange(withSource(mapping, slot.key, source))}
      tried={tried}
      links={links}
      event={event}
    />
  );
  const optional = slots.filter(({ required }) => !required);
  return (
    <div className="flex flex-col gap-4">
      {slots.filter(({ required }) => required).map(field)}
      {optional.length > 0 && (
        <details className="flex flex-col">
          <summary className="focus-ring w-fit cursor-pointer rounded-md border border-transparent font-medium text-muted-foreground text-sm hover:text-foreground">
            {formatCount(optional.length, "value")} that may stay empty
          </summary>
          <div className="mt-3 flex flex-col gap-4">{optional.map(field)}</div>
        </details>
      )}
    </div>
  );
}

interface SlotFieldProps {
  slot: Slot;
  source: Source | undefined;
  onChange: (source: Omit<Source, "slot"> | undefined) => void;
  tried: boolean;
  links: boolean;
  event: boolean;
}

type From = "field" | "text" | "link" | "own" | "event";

/** Values that are one thing for a whole campaign. */
function forAll(slot: Slot): boolean {
  return slot.kind === "unix_ms" || isProducts(slot);
}

function SlotField({ slot, source, onChange, tried, links, event }: SlotFieldProps) {
  const trackable = useTrackable(slot);
  const [from, setFrom] = useState<From>(() => fromOf(slot, source));
  const error = tried && slot.required && isEmpty(source) ? "A value is needed here." : undefined;
  const label = slotLabel(slot);
  const turn = (next: From) => {
    setFrom(next);
    onChange(next === "own" ? { own: "preferences" } : undefined);
  };
  return (
    <Card>
      <CardHeader
        title={label}
        description={describe(slot)}
        action={
          !forAll(slot) && (
            <Segmented
              label={`Where the value of ${label} comes from`}
              value={from}
              onValueChange={turn}
              className="max-md:h-auto max-md:shrink max-md:flex-wrap max-md:*:h-7"
              options={[
                { value: "field", label: "From the contact" },
                ...(event ? [{ value: "event" as const, label: "From the event" }] : []),
                { value: "text", label: "Same for all" },
                ...(links && trackable.possible ? [{ value: "link" as const, label: "Tracked link" }] : []),
                ...(isOwnable(slot) ? [{ value: "own" as const, label: "Preferences" }] : []),
              ]}
            />
          )
        }
        className="max-md:flex-col max-md:gap-2"
      />
      <CardBody className="grid gap-3 sm:grid-cols-2">
        {from === "field" && <FieldSource slot={slot} source={source} onChange={onChange} error={error} />}
        {from === "event" && <EventSource slot={slot} source={source} onChange={onChange} error={error} />}
        {from === "text" && <TextSource slot={slot} source={source} onChange={onChange} error={error} />}
        {from === "link" && <LinkSource slot={slot} source={source} onChange={onChange} error={error} />}
        {from === "own" && (
          <p className="text-muted-foreground text-sm sm:col-span-2">
            {slot.kind === "url_suffix"
              ? `The end of each person's own link. The button's address must be ${window.location.origin}/p/{{1}}.`
              : "Each person's own link to the page on which they choose what you may send, or stop everything."}
          </p>
        )}
        {links && trackable.hint && (
          <p className="text-muted-foreground text-xs sm:col-span-2">{trackable.hint}</p>
        )}
      </CardBody>
    </Card>
  );
}

function fromOf(slot: Slot, source: Source | undefined): From {
  if (source?.own) return "own";
  if (source?.event) return "event";
  if (source?.link) return "link";
  return source?.field || (!source && !isMedia(slot) && !forAll(slot)) ? "field" : "text";
}

/** Texts and the end of a button's address may be the contact's own preference page. */
function isOwnable({ kind }: Slot): boolean {
  return kind === "text" || kind === "url_suffix";
}

function describe({ example, required, maxLength }: Slot): string {
  const parts = [
    example ? `Example: ${example}` : "",
    required ? "" : "Optional",
    maxLength ? `at most ${maxLength} characters` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

export interface SourceProps {
  slot: Slot;
  source: Source | undefined;
  onChange: (source: Omit<Source, "slot"> | undefined) => void;
  error: string | undefined;
}

function FieldSource({ slot, source, onChange, error }: SourceProps) {
  const own = useFields().data?.items ?? [];
  const options = [
    ...standardFields.map(({ key, label }) => ({ value: key, label, group: "Contact" })),
    ...own.map(({ key, label }) => ({ value: key, label, hint: key, group: "Your fields" })),
  ];
  // A field that no longer exists stays visible, so that one sees what to change.
  if (source?.field && !options.some(({ value }) => value === source.field)) {
    options.push({ value: source.field, label: `${source.field} (no longer there)`, group: "Your fields" });
  }
  return (
    <>
      <Field label="Field" error={error}>
        <Combobox
          placeholder="Choose a field"
          search="Search fields"
          value={source?.field}
          onValueChange={(field) => onChange({ field, fallback: source?.fallback })}
          options={options}
        />
      </Field>
      <Field
        label="If it is empty"
        optional={!slot.required}
        hint={
          slot.required && !source?.fallback
            ? "Without a text, people who lack it do not get the message"
            : undefined
        }
      >
        <Input
          dir="auto"
          value={source?.fallback ?? ""}
          disabled={!source?.field}
          placeholder={source?.field === "firstName" ? "friend" : undefined}
          onChange={(event) => onChange({ field: source?.field, fallback: event.target.value || undefined })}
        />
      </Field>
    </>
  );
}

/** A value that the event carries, by its name. */
function EventSource({ slot, source, onChange, error }: SourceProps) {
  const name = source?.event ?? "";
  return (
    <>
      <Field label="Value of the event" error={error} hint="By the name your shop gives it">
        <Input
          value={name}
          maxLength={60}
          placeholder="orderId"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) =>
            onChange(target.value ? { event: target.value, fallback: source?.fallback } : undefined)
          }
        />
      </Field>
      <Field
        label="If the event has none"
        optional={!slot.required}
        hint={
          slot.required && !source?.fallback
            ? "Without a text, people do not get the message then"
            : undefined
        }
      >
        <Input
          dir="auto"
          value={source?.fallback ?? ""}
          disabled={!name}
          onChange={({ target }) => onChange({ event: name, fallback: target.value || undefined })}
        />
      </Field>
    </>
  );
}

const textLabels: Record<string, string> = {
  image: "Link to the image",
  video: "Link to the video",
  document: "Link to the document",
  filename: "File name",
  code: "Code",
  url_suffix: "End of the link",
};

function TextSource(props: SourceProps) {
  const { slot, source, onChange, error } = props;
  if (slot.kind === "unix_ms") return <TimeSource {...props} />;
  if (isProducts(slot)) return <ProductsSource {...props} />;
  return (
    <Field
      label={textLabels[slot.kind] ?? "Text"}
      error={error}
      hint={isMedia(slot) ? "A public https:// address, or the id of media at WhatsApp" : undefined}
      className="sm:col-span-2"
    >
      <Input
        dir="auto"
        type={isMedia(slot) ? "url" : "text"}
        value={source?.text ?? ""}
        placeholder={isMedia(slot) ? "https://" : undefined}
        onChange={(event) => onChange(event.target.value ? { text: event.target.value } : undefined)}
      />
    </Field>
  );
}

/** When a limited-time offer ends: a time of the workspace's zone, kept in milliseconds. */
function TimeSource({ source, onChange, error }: SourceProps) {
  const { timezone } = useMe().tenant;
  return (
    <Field
      label="The offer ends"
      error={error}
      hint={`On the workspace's clock, ${timezone.replaceAll("_", " ")}`}
      className="sm:col-span-2"
    >
      <Input
        type="datetime-local"
        className="max-w-64"
        value={source?.text ? toWallClock(new Date(Number(source.text)), timezone) : ""}
        onChange={(event) => {
          const at = fromWallClock(event.target.value, timezone);
          onChange(at ? { text: String(at.getTime()) } : undefined);
        }}
      />
    </Field>
  );
}

/** Products by their ids in the catalogue, kept as Meta takes them. */
function ProductsSource({ source, onChange, error }: SourceProps) {
  const [lines, setLines] = useState(() => linesOf(source?.text));
  return (
    <Field
      label="Products"
      error={error}
      hint="One product id of your catalogue per line, at most 30. A line that ends in a colon begins a section."
      className="sm:col-span-2"
    >
      <Textarea
        dir="auto"
        className="min-h-28"
        value={lines}
        placeholder={"New:\nkurta-7\nscarf-2"}
        onChange={(event) => {
          setLines(event.target.value);
          const text = sectionsOf(event.target.value);
          onChange(text ? { text } : undefined);
        }}
      />
    </Field>
  );
}
