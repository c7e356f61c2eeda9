import { useEffect, useState } from "react";
import { useRealtime } from "./realtime";

/** Often enough to look alive, seldom enough for a campaign that moves a thousand times a second. */
const gap = 500;

/**
 * Runs work at most once per gap and never twice at a time: at once when it was quiet, and once more
 * after the last call, so that what was asked for during a run is not lost.
 */
class Throttle {
  private next = 0;
  private busy = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    public work: () => unknown,
    private readonly milliseconds: number,
  ) {}

  readonly ask = (): void => {
    if (this.timer !== undefined) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    const wait = this.next - Date.now();
    if (wait <= 0) void this.run();
    else this.timer = setTimeout(() => void this.run(), wait);
  };

  readonly stop = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.again = false;
  };

  private async run(): Promise<void> {
    this.timer = undefined;
    this.again = false;
    this.busy = true;
    this.next = Date.now() + this.milliseconds;
    try {
      await this.work();
    } catch {
      // The query or mutation behind it shows its own error.
    }
    this.busy = false;
    if (this.again) this.ask();
  }
}

/** The function, throttled; what it returns is awaited before it may run again. */
export function useThrottled(work: () => unknown, milliseconds = gap): () => void {
  const [throttle] = useState(() => new Throttle(work, milliseconds));
  useEffect(() => {
    throttle.work = work;
  });
  useEffect(() => throttle.stop, [throttle]);
  return throttle.ask;
}

/** Reads afresh, throttled, whenever the topic tells of a change; `about` narrows to some events. */
export function useLive<Event>(topic: string, refresh: () => unknown, about?: (event: Event) => boolean) {
  const soon = useThrottled(refresh);
  useRealtime<Event>(topic, {
    onEvent: (event) => {
      if (!about || about(event)) soon();
    },
    onGap: soon,
  });
}
