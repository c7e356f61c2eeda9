import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { Lock, Send } from "lucide-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import type { Named, ThreadItem } from "../model";
import { Attachments } from "./attachments";
import type { Draft } from "./compose";
import { QuickDialog, type QuickKind } from "./quick-forms";
import { Quoted } from "./quoted";
import { Recording } from "./recording";
import { SuggestMenu, useSuggest } from "./suggest-menu";
import { Tools } from "./tools";
import { sendsOn, useEnterSends } from "./use-enter";
import { useFiles } from "./use-files";
import { useRecorder } from "./use-recorder";
import { type CannedReply, useSuggestions } from "./use-suggestions";
import { type Mode, useText } from "./use-text";
import { useWindow, WindowNote } from "./window-note";

export interface ComposerHandle {
  focus: (mode?: Mode) => void;
  addFiles: (files: Iterable<File>) => void;
  /** Begins a canned reply: "/". */
  canned: () => void;
}

/** What goes out: texts and what was filled in, or files that are still to be uploaded. */
export type Outgoing = { draft: Draft } | { file: File; caption: string; voice: boolean };

export interface ComposerProps {
  ref?: Ref<ComposerHandle>;
  conversation: string;
  /** The number one writes from. */
  channel: string;
  /** Whom one writes to. */
  name: string;
  windowUntil?: string;
  /** Why nothing may be written at all: the person is blocked, or somebody else has the conversation. */
  locked?: string;
  /** What one should know and may still write: who else is answering, that no marketing is wanted. */
  hint?: string;
  quote?: ThreadItem;
  onUnquote: () => void;
  canned: CannedReply[];
  onCanned?: (reply: CannedReply) => Promise<string> | string;
  members: Named[];
  onSend: (parts: Outgoing[], options: { dueAt?: Date; quote?: string }) => void;
  onNote: (text: string, mentions: string[]) => void;
  onTyping?: () => void;
  onTemplate: () => void;
  /** After sending with Ctrl or Cmd and Enter. */
  onResolve: () => void;
  /** What was begun on another device. */
  kept?: string;
  onDraft?: (text: string) => void;
}

/** Where one answers, or leaves a note for one's colleagues. */
export function Composer(props: ComposerProps) {
  const { ref, conversation, name, locked, quote, members, onSend, onNote, onTemplate } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const words = useText(conversation, props.kept, props.onDraft);
  const files = useFiles();
  const recorder = useRecorder((file) => files.add([file], true));
  const [quick, setQuick] = useState<QuickKind>();
  const [enterSends, setEnterSends] = useEnterSends();
  const free = useWindow(props.windowUntil);
  const note = words.mode === "note";
  const suggest = useSuggestions({ words, area, canned: props.canned, members, onCanned: props.onCanned });
  const menu = useSuggest(suggest);
  const something = words.text.trim() !== "" || (!note && files.all.length > 0);
  const blocked = !note && (locked !== undefined || !free.open);

  useImperativeHandle(ref, () => ({
    focus: (mode) => {
      if (mode) words.setMode(mode);
      area.current?.focus();
    },
    addFiles: (more) => {
      words.setMode("reply");
      files.add(more);
    },
    canned: () => {
      words.setMode("reply");
      suggest.begin("/");
    },
  }));

  const send = (dueAt?: Date) => {
    if (!something || blocked || files.broken) return false;
    if (note) {
      onNote(words.text.trim(), mentioned(words.text, members));
    } else {
      onSend(parts(words.text, files.all), { dueAt, quote: quote?.id });
      files.clear();
      props.onUnquote();
    }
    words.clear();
    area.current?.focus();
    return true;
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (menu.onKeyDown(event)) return;
    if (event.key === "Escape") return area.current?.blur();
    const how = sendsOn(event, enterSends);
    if (!how) return;
    event.preventDefault();
    if (send() && how === "resolve" && !note) props.onResolve();
  };
  const paste = (event: ClipboardEvent) => {
    if (note || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    files.add(event.clipboardData.files);
  };

  return (
    <section
      aria-label="Write"
      className="relative shrink-0 border-t bg-background px-3 pt-2 pb-3 max-md:pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      <Modes
        mode={words.mode}
        onMode={(mode) => {
          words.setMode(mode);
          area.current?.focus(); // what is typed next is meant for it, and no key of the inbox
        }}
      />
      {!note && locked && <Alert tone="warning" title={locked} className="mb-2" />}
      {!note && !locked && props.hint && <p className="mb-1.5 text-warning text-xs">{props.hint}</p>}
      {recorder.problem && <p className="mb-1.5 text-destructive text-xs">{recorder.problem}</p>}
      <div className="relative">
        <SuggestMenu label={suggest.label} menu={menu.menu} />
        <div
          className={cn(
            "rounded-xl border border-input bg-card shadow-xs transition-shadow focus-within:border-ring focus-within:shadow-[0_0_0_3px_color-mix(in_oklab,var(--ring)_20%,transparent)]",
            note && "border-warning/50 border-dashed bg-warning-soft",
          )}
        >
          {!note && quote && <Quoted item={quote} onRemove={props.onUnquote} />}
          {!note && <Attachments files={files.all} onRemove={files.remove} />}
          {recorder.since ? (
            <Recording since={recorder.since} onStop={recorder.stop} onCancel={recorder.cancel} />
          ) : (
            <textarea
              ref={area}
              dir="auto"
              rows={2}
              aria-label={note ? "Private note" : `Reply to ${name}`}
              placeholder={placeholderOf(note, name, free.open, files.all.length > 0)}
              value={words.text}
              maxLength={4096}
              onChange={(event) => {
                words.setText(event.target.value);
                suggest.moved();
                if (!note) props.onTyping?.();
              }}
              onSelect={suggest.moved}
              onBlur={suggest.close}
              onKeyDown={keys}
              onPaste={paste}
              {...menu.input}
              className="field-sizing-content block max-h-52 min-h-13 w-full resize-none bg-transparent px-3 pt-2.5 text-base outline-none md:text-md"
            />
          )}
          <div className="flex items-center gap-0.5 px-1.5 pb-1.5">
            <Tools
              note={note}
              free={free.open && !locked}
              locked={locked !== undefined}
              sendable={something && !blocked && !files.broken}
              windowUntil={props.windowUntil}
              enterSends={enterSends}
              onEnterSends={setEnterSends}
              onFiles={files.add}
              onEmoji={(emoji) => suggest.insert(emoji)}
              onMention={() => suggest.begin("@")}
              onCanned={props.canned.length > 0 ? () => suggest.begin("/") : undefined}
              onQuick={setQuick}
              onTemplate={onTemplate}
              onRecord={recorder.start}
              onLater={send}
            />
            <span className="ml-auto flex items-center gap-2.5">
              {!note && !locked && <WindowNote left={free.left} soon={free.soon} />}
              {!note && !free.open && !locked ? (
                <Button variant="primary" onClick={onTemplate}>
                  Choose a template
                </Button>
              ) : (
                <Button
                  variant="primary"
                  disabled={!something || blocked || files.broken}
                  onClick={() => send()}
                  className={cn(note && "bg-warning hover:bg-warning/88")}
                >
                  {note ? "Add note" : "Send"} {note ? <Lock /> : <Send />}
                </Button>
              )}
            </span>
          </div>
        </div>
      </div>
      <QuickDialog
        kind={quick}
        channel={props.channel}
        text={words.text}
        onClose={() => setQuick(undefined)}
        onDone={(draft) => {
          setQuick(undefined);
          onSend([{ draft }], { quote: quote?.id });
          if (draft.interactive) words.clear();
          props.onUnquote();
        }}
      />
    </section>
  );
}

function placeholderOf(note: boolean, name: string, open: boolean, files: boolean): string {
  if (note) return "A note for your colleagues. @ mentions somebody";
  if (files) return "Caption";
  if (!open) return `${name} has to write first, or send a template`;
  return `Reply to ${name}`;
}

/** Files first, the text as the first one's caption; a text alone is a message. */
function parts(text: string, files: { file: File; voice?: boolean }[]): Outgoing[] {
  const body = text.trim();
  const sent: Outgoing[] = files.map(({ file, voice = false }, index) => ({
    file,
    voice,
    caption: index === 0 && !file.type.startsWith("audio/") ? body : "",
  }));
  const captioned = sent.some((part) => "caption" in part && part.caption !== "");
  if (body && !captioned) sent.push({ draft: { type: "text", text: { body, previewUrl: true } } });
  return sent;
}

/** The ids of those whose names stand in the note after an @; the longest name wins. */
export function mentioned(text: string, members: Named[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (const { id, name } of [...members].sort((a, b) => b.name.length - a.name.length)) {
    if (!name || !rest.includes(`@${name}`)) continue;
    found.push(id);
    rest = rest.replaceAll(`@${name}`, "");
  }
  return found;
}

const modes: { value: Mode; label: string }[] = [
  { value: "reply", label: "Reply" },
  { value: "note", label: "Private note" },
];

function Modes({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  return (
    <fieldset className="mb-1 flex gap-1">
      <legend className="sr-only">What to write</legend>
      {modes.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-pressed={mode === value}
          onClick={() => onMode(value)}
          className={cn(
            "focus-ring h-6 rounded-sm border border-transparent px-2 font-medium text-muted-foreground text-xs hover:text-foreground",
            mode === value &&
              (value === "note" ? "bg-warning-soft text-warning" : "bg-accent text-foreground"),
          )}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
