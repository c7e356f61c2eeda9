import "fake-indexeddb/auto";
import { ApiError } from "@aerostic/api-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clearOutbox, newId, Outbox, type OutboxMessage } from "./outbox";

/** A server that takes each id once, on a line that can be cut before or after it took one. */
class Server {
  readonly took: string[] = [];
  line: "up" | "down" | "answers lost" = "up";
  refuses: string | undefined;

  deliver = async ({ id, content }: OutboxMessage): Promise<void> => {
    await Promise.resolve();
    if (this.line === "down") throw ApiError.unreachable();
    if (content === this.refuses) throw new ApiError(422, { detail: "The window has closed." });
    if (!this.took.includes(id)) this.took.push(id);
    if (this.line === "answers lost") throw ApiError.unreachable();
  };
}

let server: Server;
let open: Outbox[] = [];

function outbox(account = "ann:acme"): Outbox {
  const made = new Outbox(account, server.deliver);
  open.push(made);
  return made;
}

const write = (content: string) => ({ id: newId(), conversation: "c1", content });
const states = (box: Outbox) => box.list().map(({ content, state }) => [content, state]);

beforeEach(() => {
  server = new Server();
});
afterEach(async () => {
  for (const box of open) box.close();
  open = [];
  await clearOutbox();
});

it("keeps what cannot be sent and sends it in order when the line is back", async () => {
  server.line = "down";
  const box = outbox();
  const [first, second, third] = [write("one"), write("two"), write("three")];
  for (const message of [first, second, third]) await box.add(message);
  await vi.waitFor(() =>
    expect(states(box)).toEqual([
      ["one", "waiting"],
      ["two", "waiting"],
      ["three", "waiting"],
    ]),
  );
  server.line = "up";
  dispatchEvent(new Event("online"));
  await vi.waitFor(() => expect(box.list()).toEqual([]));
  expect(server.took).toEqual([first.id, second.id, third.id]);
});

it("never sends twice when an answer is lost", async () => {
  server.line = "answers lost";
  const box = outbox();
  const message = write("one");
  await box.add(message);
  await vi.waitFor(() => expect(server.took).toHaveLength(1));
  server.line = "up";
  await vi.waitFor(() => {
    box.kick();
    expect(box.list()).toEqual([]);
  });
  expect(server.took).toEqual([message.id]);
});

it("goes on after a reload, for the same account alone", async () => {
  server.line = "down";
  const before = outbox();
  const message = write("one");
  await before.add(message);
  before.close();
  server.line = "up";
  const stranger = outbox("bob:acme");
  await stranger.open();
  expect(stranger.list()).toEqual([]);
  expect(server.took).toEqual([]);
  const after = outbox();
  await after.open();
  await vi.waitFor(() => expect(after.list()).toEqual([]));
  expect(server.took).toEqual([message.id]);
});

it("shows what was refused, lets the others pass, and tries again when asked", async () => {
  server.refuses = "too late";
  const box = outbox();
  const [late, fine] = [write("too late"), write("fine")];
  await box.add(late);
  await box.add(fine);
  await vi.waitFor(() => expect(states(box)).toEqual([["too late", "refused"]]));
  expect(box.list()[0]?.problem).toBe("The window has closed.");
  expect(server.took).toEqual([fine.id]);
  server.refuses = undefined;
  await box.retry(late.id);
  await vi.waitFor(() => expect(box.list()).toEqual([]));
  expect(server.took).toEqual([fine.id, late.id]);
});

it("forgets what is discarded, and everything at sign-out", async () => {
  server.line = "down";
  const box = outbox();
  const [first, second] = [write("one"), write("two")];
  await box.add(first);
  await box.add(second);
  await vi.waitFor(() =>
    expect(states(box)).toEqual([
      ["one", "waiting"],
      ["two", "waiting"],
    ]),
  );
  await box.discard(first.id);
  expect(states(box)).toEqual([["two", "waiting"]]);
  box.close();
  await clearOutbox();
  const after = outbox();
  await after.open();
  expect(after.list()).toEqual([]);
});

it("makes ids in the order of writing", () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]?.[14]).toBe("7");
});
