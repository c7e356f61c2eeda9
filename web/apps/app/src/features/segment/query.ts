import type { components } from "@aerostic/api-client";
import type { Operator, Subject } from "./api/language";

/** A condition on contacts as the server takes it. */
export type Query = components["schemas"]["SegmentQuery"];

/** How the parts of a group count together. */
export type Mode = "all" | "any" | "none" | "notAll";

/** One condition in the builder; its key stays while it is edited. */
export interface Leaf {
  key: string;
  on: string;
  op: string;
  values: string[];
  days: number;
  seed: number;
}

/** Conditions and groups that count together. */
export interface Group {
  key: string;
  mode: Mode;
  parts: Part[];
}

export type Part = Leaf | Group;

export const isGroup = (part: Part): part is Group => "parts" in part;

let made = 0;
const newKey = () => `part${++made}`;

const negated: Record<Mode, Mode> = { all: "notAll", any: "none", none: "any", notAll: "all" };

/** The builder's tree of a query; a bare condition becomes a group of one. */
export function groupOf(query: Query): Group {
  if (query.not) {
    const inner = groupOf(query.not);
    return { ...inner, mode: negated[inner.mode] };
  }
  if (query.on) return { key: newKey(), mode: "all", parts: [leafOf(query)] };
  const parts = (query.any?.length ? query.any : (query.all ?? [])).map(partOf);
  return { key: newKey(), mode: query.any?.length ? "any" : "all", parts };
}

const partOf = (query: Query): Part => (query.on ? leafOf(query) : groupOf(query));

const leafOf = ({ on = "", op = "", values, days, seed }: Query): Leaf => ({
  key: newKey(),
  on,
  op,
  values: values ?? [],
  days: days ?? 0,
  seed: seed ?? 0,
});

/** A first condition on a subject, ready to be filled in. */
export function leafOn(subject: Subject): Leaf {
  const op = subject.ops[0];
  return {
    ...leafOf({ on: subject.on, op: op?.op }),
    ...startOf(op),
    seed: subject.kind === "random" ? draw() : 0,
  };
}

/** What an operator begins with: days where it needs them, and no values. */
export function startOf(op?: Operator): Pick<Leaf, "values" | "days"> {
  return { values: [], days: op?.days ? 14 : 0 };
}

const draw = () => 1 + Math.floor(Math.random() * 9999);

export const emptyGroup = (mode: Mode = "all"): Group => ({ key: newKey(), mode, parts: [] });

/** The query of a tree; groups without conditions fall away. */
export function queryOf(group: Group): Query {
  const parts = group.parts.map((part) => (isGroup(part) ? queryOf(part) : queryOfLeaf(part))).filter(holds);
  if (parts.length === 0) return {};
  const inner = group.mode === "any" || group.mode === "none" ? { any: parts } : { all: parts };
  return group.mode === "none" || group.mode === "notAll" ? { not: inner } : inner;
}

const holds = (query: Query) => !isEverybody(query);

/** Whether a query asks nothing. */
export const isEverybody = ({ on, not, all, any }: Query) => !on && !not && !all?.length && !any?.length;

function queryOfLeaf({ on, op, values, days, seed }: Leaf): Query {
  return {
    on,
    op,
    ...(values.length > 0 && { values }),
    ...(days > 0 && { days }),
    ...(seed !== 0 && { seed }),
  };
}

/** Whether every condition has what its operator takes. */
export function isComplete(group: Group, subjects: readonly Subject[]): boolean {
  return group.parts.every((part) => (isGroup(part) ? isComplete(part, subjects) : hasAll(part, subjects)));
}

function hasAll(leaf: Leaf, subjects: readonly Subject[]): boolean {
  const op = operatorOf(leaf, subjects);
  if (!op) return false;
  const given = leaf.values.filter((value) => value.trim() !== "").length;
  return given >= op.least && given === leaf.values.length && (op.days !== "needed" || leaf.days > 0);
}

export function operatorOf(leaf: Leaf, subjects: readonly Subject[]): Operator | undefined {
  return subjects.find(({ on }) => on === leaf.on)?.ops.find(({ op }) => op === leaf.op);
}

/** The group with one part changed, or taken away. */
export function withPart(group: Group, key: string, next: Part | undefined): Group {
  return {
    ...group,
    parts: group.parts.flatMap((part) => (part.key === key ? (next ? [next] : []) : [part])),
  };
}

/** The query an address carries; nothing when it is none. */
export function parseQuery(text?: string): Query | undefined {
  try {
    return text ? (JSON.parse(text) as Query) : undefined;
  } catch {
    return undefined;
  }
}
