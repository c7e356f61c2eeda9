import { expect, test } from "vitest";
import type { Contact } from "./api/list";
import { withMoving } from "./use-board-move";

const contact = (id: string, stageId?: string) => ({ id, stageId }) as Contact;
const names = (contacts: Contact[]) => contacts.map(({ id }) => id);

test("a card on its way stands on top of its new column and nowhere else", () => {
  const moving = [contact("bob", "interested")];
  expect(names(withMoving([contact("asha"), contact("bob")], moving, "none"))).toEqual(["asha"]);
  expect(names(withMoving([contact("maryam", "interested")], moving, "interested"))).toEqual([
    "bob",
    "maryam",
  ]);
});

test("a column that was read again meanwhile shows the card once", () => {
  const moving = [contact("bob", "interested")];
  const reread = [contact("bob", "interested"), contact("asha", "interested")];
  expect(names(withMoving(reread, moving, "interested"))).toEqual(["bob", "asha"]);
});

test("a card that loses its stage goes to those without one", () => {
  expect(names(withMoving([], [contact("bob")], "none"))).toEqual(["bob"]);
});
