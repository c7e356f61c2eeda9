/*
 * How fast a campaign moves, from counts seen one after the other, and when it will be done. The
 * server promises no rate: what was measured over the last seconds is what is shown.
 */
export interface Sample {
  /** Epoch milliseconds. */
  at: number;
  /** People handled until then. */
  handled: number;
}

/** Longer than the pauses between batches, short enough to notice a slow-down. */
const span = 20_000;

/** The samples with a new one; those too old to matter are dropped, but two always stay. */
export function observe(samples: Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  // Counts only fall when the campaign was changed under us: start measuring again.
  if (last && next.handled < last.handled) return [next];
  if (last && next.at <= last.at) return samples;
  const kept = [...samples, next];
  const firstInside = kept.findIndex(({ at }) => at >= next.at - span);
  return kept.slice(Math.max(0, Math.min(firstInside, kept.length - 2)));
}

/** People per second; undefined until two samples lie at least a second apart. */
export function rate(samples: Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 1000) return undefined;
  return ((last.handled - first.handled) * 1000) / (last.at - first.at);
}

/** When `left` people are done at this rate; undefined when nothing moves. */
export function doneAt(left: number, perSecond: number | undefined, now: number): number | undefined {
  if (left <= 0 || !perSecond) return undefined;
  return now + (left / perSecond) * 1000;
}
