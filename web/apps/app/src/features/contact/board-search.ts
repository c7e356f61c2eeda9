import { z } from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** What the board keeps in its address. */
export const boardSearch = z.object({
  owner: text,
  /** The stage shown on phones, "none" for contacts without. */
  stage: text,
  /** The contact shown beside the board. */
  contact: text,
});

export type BoardSearch = z.infer<typeof boardSearch>;
