import { expect, it } from "vitest";
import { movedBy } from "./virtual-list";

const rows = (text: string) => text.split("");

it.each([
  ["news above", "abcdef", "xabcdef", 3, 1],
  ["a row from below rises to the top", "abcdef", "fabcde", 2, 1],
  ["the row being read rises to the top", "abcdef", "cabdef", 2, 0],
  ["nothing", "abcdef", "abcdef", 4, 0],
  ["a row above goes", "abcdef", "bcdef", 3, -1],
  ["another list altogether", "abcdef", "uvwxyz", 1, 0],
])("%s", (_, old, now, first, by) => expect(movedBy(rows(old), rows(now), first)).toBe(by));
