import { z } from "zod/mini";
import { parseQuery } from "@/features/segment/query";
import type { ContactQuery } from "./api/list";

const text = z.catch(z.optional(z.string()), undefined);

/** What the contacts screen keeps in its address. */
export const contactsSearch = z.object({
  q: text,
  tag: text,
  optIn: z.catch(z.optional(z.enum(["in", "pending", "out", "unknown"])), undefined),
  blocked: z.catch(z.optional(z.boolean()), undefined),
  stage: text,
  owner: text,
  /** A saved segment, and conditions of this list alone, as JSON. */
  segment: text,
  where: text,
  sort: z.catch(z.optional(z.enum(["newest", "name"])), undefined),
  /** The contact shown beside the list. */
  contact: text,
});

const kind = z.enum([
  "message",
  "campaign",
  "click",
  "goal",
  "consent",
  "note",
  "change",
  "import",
  "merge",
  "step",
]);

/** What a contact's page keeps in its address. */
export const contactSearch = z.object({
  /** Kinds of entries of the timeline; all when absent. */
  show: z.catch(z.optional(z.array(kind)), undefined),
  /** The message shown beside the timeline. */
  message: text,
});

export type ContactSearch = z.infer<typeof contactSearch>;

export type ContactsSearch = z.infer<typeof contactsSearch>;

/** The list's filter as the server takes it. */
export function filterOf({
  q,
  tag,
  optIn,
  blocked,
  stage,
  owner,
  segment,
  where,
  sort,
}: ContactsSearch): ContactQuery {
  return {
    q: q?.trim() || undefined,
    tag: tag || undefined,
    optIn,
    suppressed: blocked === undefined ? undefined : blocked ? "true" : "false",
    stage: stage || undefined,
    owner: owner || undefined,
    segment: segment || undefined,
    where: where || undefined,
    sort,
  };
}

/** Whether anything narrows the list. */
export function isFiltered(filter: ContactQuery): boolean {
  const { q, tag, optIn, suppressed, stage, owner, segment, where } = filter;
  return Boolean(q || tag || optIn || suppressed || stage || owner || segment || where);
}

/** The same filter for a change of everybody it lets through. */
export function bulkFilter({ q, tag, optIn, suppressed, stage, owner, segment, where }: ContactQuery) {
  return {
    q,
    tag,
    optIn,
    suppressed: suppressed === undefined ? undefined : suppressed === "true",
    stage,
    owner,
    segment,
    where: parseQuery(where),
  };
}
