import type { Import } from "./api/list";

/** What a column of the file becomes: the person's choice, with the label of a field it makes. */
export interface ColumnChoice {
  /** "phone", "name", …, "ignore", or "field:" and a field's key; as the server names them. */
  target: string;
  label?: string;
}

export const ignore = "ignore";
export const fieldPrefix = "field:";

/** What is known of every contact, in the order of the menu. */
export const builtInTargets: { target: string; label: string; hint?: string }[] = [
  { target: "phone", label: "Phone number" },
  { target: "name", label: "Name" },
  { target: "email", label: "Email" },
  { target: "optIn", label: "Opted in", hint: "yes / no" },
  { target: "tags", label: "Tags", hint: "by comma" },
  { target: "locale", label: "Language" },
  { target: "bsuid", label: "WhatsApp user id" },
];

export function isField(target: string): boolean {
  return target.startsWith(fieldPrefix);
}

/** The server's guess as the first choice. In a mended error file, what we wrote in front is left out. */
export function choicesOf(columns: Import["columns"]): ColumnChoice[] {
  const ours = columns[0]?.name === "row" && columns[1]?.name === "reason" ? 2 : 0;
  return columns.map(({ target, label }, index) => (index < ours ? { target: ignore } : { target, label }));
}

/**
 * Gives one column a target. What exists once (phone, name, a field) leaves the column that had it, so that
 * no two columns ever fight for it.
 */
export function choose(choices: ColumnChoice[], index: number, choice: ColumnChoice): ColumnChoice[] {
  return choices.map((other, at) => {
    if (at === index) return choice;
    return other.target === choice.target && choice.target !== ignore ? { target: ignore } : other;
  });
}

/** Why this cannot be imported yet, or undefined. */
export function mappingProblem(choices: ColumnChoice[]): string | undefined {
  const named = choices.some(({ target }) => target === "phone" || target === "bsuid");
  return named ? undefined : "Say which column holds the phone numbers.";
}

/** The column of the phone numbers, or -1. */
export function phoneColumn(choices: ColumnChoice[]): number {
  return choices.findIndex(({ target }) => target === "phone");
}

/** The target of a new field of that name; the key as the server makes it: "Order ID" is order_id. */
export function newField(label: string, index: number): ColumnChoice {
  const key = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+/, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return { target: `${fieldPrefix}${key || `column_${index + 1}`}`, label: label.trim() };
}

/** Up to `count` different values of a column, for recognising it. */
export function samples(rows: { cells: string[] }[], index: number, count = 3): string[] {
  const seen = new Set<string>();
  for (const { cells } of rows) {
    const cell = cells[index]?.trim();
    if (cell) seen.add(cell);
    if (seen.size === count) break;
  }
  return [...seen];
}
