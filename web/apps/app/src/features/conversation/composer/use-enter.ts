import type { KeyboardEvent } from "react";
import { useState } from "react";

const key = "aerostic-enter";

/** Whether Enter sends (as it does at first) or begins a new line; kept in this browser. */
export function useEnterSends(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(key) !== "line");
  const change = (next: boolean) => {
    localStorage.setItem(key, next ? "send" : "line");
    setOn(next);
  };
  return [on, change];
}

/** What the key asks for: to send, or with Ctrl or Cmd to send and resolve. Never while a word is composed. */
export function sendsOn(event: KeyboardEvent, enterSends: boolean): "send" | "resolve" | undefined {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return undefined;
  if (event.metaKey || event.ctrlKey) return "resolve";
  return enterSends && !event.shiftKey ? "send" : undefined;
}
