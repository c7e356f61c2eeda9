import { Button } from "@aerostic/ui/button";
import { DialogFooter } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Textarea } from "@aerostic/ui/textarea";
import type { FormEvent, ReactNode } from "react";
import { readContent } from "../content";
import { OfferView } from "../thread/cards";
import { type Draft, limits } from "./compose";

export interface FormProps {
  /** What stands in the composer already. */
  text: string;
  onDone: (draft: Draft) => void;
  /** The number that is written from. */
  channel: string;
}

interface FrameProps {
  /** Undefined while something is missing. */
  draft: Draft | undefined;
  onDone: (draft: Draft) => void;
  children: ReactNode;
  /** Stands beside the button. */
  foot?: ReactNode;
}

/** A form of the composer: its fields, how the message will look, and the button that sends it. */
export function Frame({ draft, onDone, children, foot }: FrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft) onDone(draft);
  };
  const content = draft && readContent(draft.type, draft);
  return (
    <form onSubmit={submit} className="-mx-5 -mb-5 flex flex-col">
      <div className="flex flex-col gap-4 px-5 pb-5">
        {children}
        {content?.is === "offer" && (
          <div className="rounded-xl bg-chat-canvas p-3">
            <div className="ml-auto w-fit max-w-72 rounded-2xl rounded-tr-xs bg-bubble-out px-3 py-2 text-md">
              <OfferView offer={content.offer} />
            </div>
          </div>
        )}
      </div>
      <DialogFooter>
        {foot}
        <Button type="submit" variant="primary" disabled={!draft}>
          Send
        </Button>
      </DialogFooter>
    </form>
  );
}

export function Words({
  label = "Text",
  value,
  onChange,
  max = limits.body,
}: {
  label?: string;
  value: string;
  onChange: (value: string) => void;
  max?: number;
}) {
  return (
    <Field label={label}>
      <Textarea
        dir="auto"
        autoFocus
        maxLength={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export function Line(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  max?: number;
  optional?: boolean;
  hint?: string;
  placeholder?: string;
}) {
  return (
    <Field label={props.label} optional={props.optional} hint={props.hint}>
      <Input
        dir="auto"
        maxLength={props.max}
        placeholder={props.placeholder}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}
