import { Avatar } from "@aerostic/ui/avatar";
import { MessageSquareText } from "lucide-react";
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Named } from "../model";
import { replaceTyped, typedAfter } from "./suggest";
import type { Suggestion } from "./suggest-menu";
import type { Words } from "./use-text";

export interface CannedReply {
  id: string;
  /** What one types after the slash. */
  shortcut: string;
  text: string;
  /** How many files go with it. */
  files?: number;
}

interface Asked {
  words: Words;
  area: RefObject<HTMLTextAreaElement | null>;
  canned: CannedReply[];
  members: Named[];
  /** Gives the reply with its variables filled. */
  onCanned?: (reply: CannedReply) => Promise<string> | string;
}

const most = 8;

/** Canned replies while one types "/…" in a reply, members while one types "@…" in a note. */
export function useSuggestions({ words, area, canned, members, onCanned }: Asked) {
  const [caret, setCaret] = useState<number>();
  const put = useRef<number>(undefined);
  const sign = words.mode === "note" ? "@" : "/";
  const typed = caret === undefined ? undefined : typedAfter(sign, words.text, caret);
  const query = typed?.query.toLowerCase();
  const options = useMemo(() => {
    if (query === undefined) return [];
    return (sign === "@" ? memberOptions(members, query) : cannedOptions(canned, query)).slice(0, most);
  }, [sign, query, members, canned]);

  // After a change from outside the caret is put where one goes on writing.
  useLayoutEffect(() => {
    if (put.current === undefined) return;
    area.current?.focus();
    area.current?.setSelectionRange(put.current, put.current);
    put.current = undefined;
  });
  const change = (text: string, at: number, open: boolean) => {
    put.current = at;
    words.setText(text);
    setCaret(open ? at : undefined);
  };
  const insert = (piece: string, open = false) => {
    const at = area.current?.selectionStart ?? words.text.length;
    const to = area.current?.selectionEnd ?? at;
    change(words.text.slice(0, at) + piece + words.text.slice(to), at + piece.length, open);
  };
  const pick = async (id: string) => {
    if (!typed) return;
    const reply = canned.find((one) => one.id === id);
    const member = members.find((one) => one.id === id);
    const by = sign === "@" ? `@${member?.name}` : reply && ((await onCanned?.(reply)) ?? reply.text);
    if (!by) return;
    const next = replaceTyped(words.text, typed, by);
    change(next.text, next.caret, false);
  };
  return {
    label: sign === "@" ? "Members" : "Canned replies",
    options,
    onPick: (id: string) => void pick(id),
    onClose: () => setCaret(undefined),
    close: () => setCaret(undefined),
    moved: () => setCaret(area.current?.selectionStart ?? undefined),
    insert,
    begin: (what: string) => {
      const before = words.text.slice(0, area.current?.selectionStart ?? words.text.length);
      insert(before && !/\s$/.test(before) ? ` ${what}` : what, true);
    },
  };
}

function memberOptions(members: Named[], query: string): Suggestion[] {
  return members
    .filter(({ name }) =>
      name
        .toLowerCase()
        .split(" ")
        .some((word) => word.startsWith(query)),
    )
    .map(({ id, name }) => ({ id, title: name, icon: <Avatar name={name} size="sm" /> }));
}

function cannedOptions(canned: CannedReply[], query: string): Suggestion[] {
  const begins = (reply: CannedReply) => reply.shortcut.toLowerCase().startsWith(query);
  return canned
    .filter((reply) => begins(reply) || reply.text.toLowerCase().includes(query))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .map(({ id, shortcut, text }) => ({
      id,
      title: `/${shortcut}`,
      detail: text,
      icon: <MessageSquareText aria-hidden />,
    }));
}
