import { useCallback, useEffect, useRef } from "react";
import { useRealtime } from "./realtime";

/** Often enough to look alive, seldom enough for a campaign that moves a thousand times a second. */
const gap = 500;

/** The function at most once per gap: at once when it was quiet, and once more after the last call. */
export function useThrottled(work: () => void, milliseconds = gap): () => void {
  const latest = useRef(work);
  const next = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const run = () => {
      timer.current = undefined;
      next.current = Date.now() + milliseconds;
      latest.current();
    };
    const wait = next.current - Date.now();
    if (wait <= 0) run();
    else timer.current = setTimeout(run, wait);
  }, [milliseconds]);
}

/** Reads afresh, throttled, whenever the topic tells of a change; `about` narrows to some events. */
export function useLive<Event>(topic: string, refresh: () => unknown, about?: (event: Event) => boolean) {
  const soon = useThrottled(() => void refresh());
  useRealtime<Event>(topic, {
    onEvent: (event) => {
      if (!about || about(event)) soon();
    },
    onGap: soon,
  });
}
