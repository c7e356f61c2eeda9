import { useEffect, useState } from "react";
import type { Campaign } from "../api/campaigns";
import { handled, waiting } from "../counts";
import { doneAt, observe, rate, type Sample } from "../pace";

/** Rate and time of completion, measured over the answers this screen has seen (`seenAt`: the last). */
export function usePace({ status, counts }: Campaign, seenAt: number) {
  const [samples, setSamples] = useState<Sample[]>([]);
  const done = handled(counts);
  useEffect(() => {
    setSamples((old) => (status === "running" ? observe(old, { at: seenAt, handled: done }) : []));
  }, [status, seenAt, done]);
  const perSecond = rate(samples);
  return { perSecond, doneAt: doneAt(waiting(counts), perSecond, seenAt) };
}
