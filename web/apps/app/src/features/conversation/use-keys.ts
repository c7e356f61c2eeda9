import { useEffect, useRef } from "react";

type Keys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const patience = 1000;

/**
 * Single keys while nobody types and nothing is open over the screen. The letter after G belongs to going
 * to a screen. A key with Shift is named by what it writes: "?".
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isBusy(event.target))
        return;
      const going = event.timeStamp - wentAt < patience;
      wentAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const act = going ? undefined : latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (
    document.querySelector("[role=dialog][data-state=open], [role=alertdialog], [role=menu][data-state=open]")
  )
    return true;
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
