/* How news come into lists that are on the screen: only what changed is read, and nothing is read twice. */

export interface Page<Row> {
  items: Row[] | null;
  next?: string;
}

interface Listed {
  id: string;
  lastAt: string;
}

/**
 * Pages of a list, the latest first, with the first one read anew. Rows that should be in it by their time
 * and are not have left the filter; what was loaded further down stays as it is.
 */
export function withFirst<Row extends Listed>(pages: Page<Row>[], fresh: Page<Row>): Page<Row>[] {
  const rows = fresh.items ?? [];
  const last = rows.at(-1);
  if (!fresh.next || !last) return [fresh];
  const known = new Set(rows.map(({ id }) => id));
  const below = (row: Row) => !known.has(row.id) && isBelow(row, last);
  const kept = pages.map((page) => ({ ...page, items: (page.items ?? []).filter(below) }));
  while (kept.at(-1)?.items.length === 0) kept.pop();
  const [head, ...others] = kept;
  if (!head) return [fresh];
  // What is left of the old first page lies between the fresh one's end and its own.
  return [{ items: [...rows, ...head.items], next: head.next }, ...others];
}

function isBelow(row: Listed, last: Listed): boolean {
  return row.lastAt < last.lastAt || (row.lastAt === last.lastAt && row.id < last.id);
}

/** Pages with one row changed or, when it does not belong any more, gone. Its place stays. */
export function withRow<Row extends Listed>(
  pages: Page<Row>[],
  id: string,
  row: Row | undefined,
): Page<Row>[] {
  return pages.map((page) => {
    if (!page.items?.some((one) => one.id === id)) return page;
    const items = page.items.flatMap((one) => (one.id !== id ? one : (row ?? [])));
    return { ...page, items };
  });
}

/** Pages of a thread, the latest first, with its latest page read anew; undefined where they do not meet. */
export function withLatest<Item extends { id: string }>(
  pages: Page<Item>[],
  fresh: Page<Item>,
): Page<Item>[] | undefined {
  const items = fresh.items ?? [];
  const oldest = items.at(-1);
  const [head, ...rest] = pages;
  if (!head || !fresh.next || !oldest) return [fresh];
  const met = (head.items ?? []).some(({ id }) => id >= oldest.id);
  if (!met) return undefined;
  const older = (head.items ?? []).filter(({ id }) => id < oldest.id);
  return [{ items: [...items, ...older], next: head.next }, ...rest];
}

/**
 * Pages of a list with one row where it belongs by its time, or without it. Below what is loaded it is left
 * out: its page will have it.
 */
export function withPlaced<Row extends Listed>(pages: Page<Row>[], row: Row, belongs: boolean): Page<Row>[] {
  const rest = withRow(pages, row.id, undefined);
  if (!belongs) return rest;
  const at = rest.findIndex(({ items, next }, index) => {
    const last = items?.at(-1);
    return (last && isBelow(last, row)) || (index === rest.length - 1 && !next);
  });
  return rest.map((page, index) => {
    if (index !== at) return page;
    const items = page.items ?? [];
    const before = items.filter((one) => isBelow(row, one));
    return { ...page, items: [...before, row, ...items.slice(before.length)] };
  });
}

/** Pages of a thread with one item changed or, where it is newer than what is loaded, added. */
export function withItem<Item extends { id: string }>(pages: Page<Item>[], item: Item): Page<Item>[] {
  if (pages.some(({ items }) => items?.some(({ id }) => id === item.id))) {
    return pages.map((page) => {
      if (!page.items?.some(({ id }) => id === item.id)) return page;
      return { ...page, items: page.items.map((one) => (one.id === item.id ? item : one)) };
    });
  }
  const [head, ...others] = pages;
  const oldest = head?.items?.at(-1);
  if (!head || (head.next && oldest && item.id < oldest.id)) return pages;
  const items = head.items ?? [];
  const newer = items.filter(({ id }) => id > item.id);
  return [{ ...head, items: [...newer, item, ...items.slice(newer.length)] }, ...others];
}
