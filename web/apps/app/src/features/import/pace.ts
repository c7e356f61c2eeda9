/** How far an import was at a moment. */
export interface Mark {
  /** Epoch milliseconds. */
  at: number;
  rows: number;
  /** Bytes. */
  read: number;
}

/** Marks older than this say nothing about the pace of now. */
const span = 10_000;

/** Adds a mark and forgets old ones; a mark that shows no progress keeps its time, so that a stall slows the pace. */
export function remember(marks: Mark[], next: Mark): Mark[] {
  const fresh = marks.filter(({ at, rows }) => at >= next.at - span && rows <= next.rows);
  return [...fresh, next];
}

/** Rows per second and seconds left, from the last ten seconds; undefined until two marks are apart. */
export function pace(
  marks: Mark[],
  size: number,
): { rowsPerSecond: number; secondsLeft: number } | undefined {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last) return undefined;
  const seconds = (last.at - first.at) / 1000;
  const bytes = last.read - first.read;
  if (seconds < 0.5 || bytes <= 0) return undefined;
  return {
    rowsPerSecond: (last.rows - first.rows) / seconds,
    secondsLeft: Math.max(0, size - last.read) / (bytes / seconds),
  };
}
