/*
 * Messages written while the line is poor: kept in this browser under ids made here, sent in the order
 * in which they were written, shown as waiting meanwhile. The server takes an id once, so a message
 * whose answer was lost is simply sent again. Owns the keeping, the order and the trying; what a message
 * says and how it is posted is the inbox's (`startOutbox`). Everything belongs to one person in one
 * workspace (the account) and goes when they sign out.
 */
import { ApiError } from "@aerostic/api-client";
import { createStore, delMany, entries, set, update } from "idb-keyval";
import { useCallback, useSyncExternalStore } from "react";
import { v7 } from "uuid";

/** A message to send: `content` is the body's content as POST /api/conversations/{id}/messages takes it. */
export interface OutboxMessage {
  /** A UUIDv7 made by `newId()`: also the message's id on the server. */
  id: string;
  conversation: string;
  content: unknown;
  /** The message it answers. */
  quote?: string;
  /** ISO instant: send later. */
  dueAt?: string;
}

/** A message that is not on the server yet. */
export interface QueuedSend extends OutboxMessage {
  /** Milliseconds since 1970, when it was written. */
  queuedAt: number;
  /** `waiting` for its turn or the line, `sending` now, `refused` by the server: retry or discard. */
  state: "waiting" | "sending" | "refused";
  /** Why it was refused: a sentence to show. */
  problem?: string;
}

/** Posts one message; throws ApiError. Must be safe to repeat with the same id. */
export type Deliver = (message: OutboxMessage) => Promise<unknown>;

const store = createStore("aerostic-outbox", "sends");
const first = 1000;
const longest = 30_000;
const none: QueuedSend[] = [];

/** An id in the order of its making, as the server makes them. */
export const newId = (): string => v7();

/** What is queued of one account, in memory and in the browser's database. */
export class Outbox {
  private queued: QueuedSend[] = none;
  private sending: string | undefined;
  private running: Promise<void> | undefined;
  private wait = first;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private readonly listeners = new Set<() => void>();
  private readonly otherTabs =
    "BroadcastChannel" in globalThis ? new BroadcastChannel("aerostic-outbox") : undefined;

  constructor(
    readonly account: string,
    private readonly deliver: Deliver,
  ) {
    this.otherTabs?.addEventListener("message", this.reload);
    addEventListener("online", this.kick);
    document.addEventListener("visibilitychange", this.kick);
  }

  /** Reads what was left from before and goes on sending. */
  async open(): Promise<void> {
    await this.read();
    this.kick();
  }

  /** Stops sending; what waits stays for the next time. */
  close(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.otherTabs?.close();
    removeEventListener("online", this.kick);
    document.removeEventListener("visibilitychange", this.kick);
  }

  list(): QueuedSend[] {
    return this.queued;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Keeps the message, then sends it as soon as it can; resolves once it is kept. */
  async add(message: OutboxMessage): Promise<void> {
    await this.keep({ ...message, queuedAt: Date.now(), state: "waiting" });
    this.kick();
  }

  /** Lets a refused message go again, under the same id. */
  async retry(id: string): Promise<void> {
    await update<QueuedSend>(this.key(id), (was) => waitingAgain(was), store);
    await this.changed();
    this.kick();
  }

  /** Forgets a message that was not sent. One on its way stays: nobody knows whether it left. */
  async discard(id: string): Promise<void> {
    if (this.sending === id) return;
    await this.forget(id);
  }

  /** Tries now: the line is back, or somebody looks. */
  kick = (): void => {
    clearTimeout(this.timer);
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
  };

  /** Sends what waits, oldest first; one tab at a time. */
  private async drain(): Promise<void> {
    await exclusively(async () => {
      await this.read();
      for (let next = this.next(); next && !this.stopped; next = this.next()) {
        if (!(await this.send(next))) return this.later();
      }
    });
  }

  private next(): QueuedSend | undefined {
    return this.queued.find(({ state }) => state === "waiting");
  }

  /** False: the line or the server is to blame, not the message. */
  private async send(message: QueuedSend): Promise<boolean> {
    this.sending = message.id;
    this.show();
    try {
      const { queuedAt, state, problem, ...body } = message;
      await this.deliver(body);
      await this.forget(message.id);
      this.wait = first;
      return true;
    } catch (error) {
      if (mayHeal(error)) return false;
      await this.keep({ ...message, state: "refused", problem: sentence(error) });
      return true;
    } finally {
      this.sending = undefined;
      this.show();
    }
  }

  private later(): void {
    if (this.stopped) return;
    this.timer = setTimeout(this.kick, this.wait);
    this.wait = Math.min(longest, this.wait * 2);
  }

  private async keep(message: QueuedSend): Promise<void> {
    await set(this.key(message.id), message, store);
    await this.changed();
  }

  private async forget(id: string): Promise<void> {
    await delMany([this.key(id)], store);
    await this.changed();
  }

  private async changed(): Promise<void> {
    await this.read();
    this.otherTabs?.postMessage(this.account);
  }

  private reload = ({ data }: MessageEvent): void => {
    if (data === this.account) void this.read();
  };

  /** Keys sort by account and id, so entries come in the order of writing. */
  private async read(): Promise<void> {
    const all = await entries<string, QueuedSend>(store);
    this.queued = all.filter(([key]) => key.startsWith(`${this.account}/`)).map(([, message]) => message);
    this.show();
  }

  private show(): void {
    this.queued = this.queued.map((message) => {
      if (message.state === "refused") return message;
      return { ...message, state: message.id === this.sending ? "sending" : "waiting" };
    });
    for (const listener of this.listeners) listener();
  }

  private key(id: string): string {
    return `${this.account}/${id}`;
  }
}

function waitingAgain(was: QueuedSend | undefined): QueuedSend {
  if (!was) throw new Error("the message is not in the outbox any more");
  return { ...was, state: "waiting", problem: undefined };
}

/** What waiting may mend: no line, a server that restarts, too many at once, a session to renew. */
function mayHeal(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500)
  );
}

function sentence(error: unknown): string {
  return error instanceof ApiError ? error.detail : "This message could not be sent.";
}

function exclusively(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  return navigator.locks.request("aerostic-outbox", work);
}

let current: Outbox | undefined;
const starts = new Set<() => void>();

/** Opens the outbox of an account; the shell does it once somebody is signed in. Returns how to stop. */
export function startOutbox(account: string, deliver: Deliver): () => void {
  const outbox = new Outbox(account, deliver);
  turn(outbox);
  void outbox.open();
  return () => {
    outbox.close();
    if (current === outbox) turn(undefined);
  };
}

/** Forgets everything queued in this browser: somebody signed out. */
export async function clearOutbox(): Promise<void> {
  await delMany(
    (await entries(store)).map(([key]) => key),
    store,
  );
}

/** How many of an account's messages wait, for a warning before signing out. */
export const waiting = (): number => current?.list().length ?? 0;

function turn(outbox: Outbox | undefined): void {
  current = outbox;
  for (const listener of starts) listener();
}

function subscribe(listener: () => void): () => void {
  let stop = current?.subscribe(listener);
  const restart = () => {
    stop?.();
    stop = current?.subscribe(listener);
    listener();
  };
  starts.add(restart);
  return () => {
    starts.delete(restart);
    stop?.();
  };
}

interface OutboxOf {
  /** What is not on the server yet, oldest first; of this conversation when one is named. */
  queued: QueuedSend[];
  /** Queues a message and resolves with its id once it is kept: the composer may be emptied. */
  send: (message: Omit<OutboxMessage, "id"> & { id?: string }) => Promise<string>;
  retry: (id: string) => Promise<void>;
  discard: (id: string) => Promise<void>;
}

/**
 * The outbox, for composer and thread:
 *
 *     const { queued, send, retry, discard } = useOutbox(conversation.id);
 *     await send({ conversation: id, content: { type: "text", text: { body } }, quote });
 *
 * `queued` leaves the list when the server has the message; its id is the same in the thread, so a
 * thread that already shows the id hides the queued one.
 */
export function useOutbox(conversation?: string): OutboxOf {
  const all = useSyncExternalStore(subscribe, () => current?.list() ?? none);
  const send = useCallback<OutboxOf["send"]>(async (message) => {
    if (!current) throw new Error("nobody is signed in");
    const id = message.id ?? newId();
    await current.add({ ...message, id });
    return id;
  }, []);
  const retry = useCallback<OutboxOf["retry"]>(async (id) => current?.retry(id), []);
  const discard = useCallback<OutboxOf["discard"]>(async (id) => current?.discard(id), []);
  return {
    queued: conversation ? all.filter((message) => message.conversation === conversation) : all,
    send,
    retry,
    discard,
  };
}
