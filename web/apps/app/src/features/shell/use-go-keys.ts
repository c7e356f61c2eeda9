import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useNav } from "./nav";

const patience = 1000;

/** ⌘K or Ctrl+K opens the palette; G and then a letter goes to a screen. Silent while one types. */
export function useGoKeys(openPalette: () => void): void {
  const navigate = useNavigate();
  const items = useNav().flatMap((group) => group.items);
  const pressed = useRef(0);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (key === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const item = items.find((one) => one.key === key);
      if (item && event.timeStamp - pressed.current < patience) navigate({ to: item.to });
      pressed.current = key === "g" ? event.timeStamp : 0;
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null
  );
}
