/* A message that is not on the server yet, as the thread shows it. */
import type { QueuedSend } from "@/lib/outbox";
import type { ThreadItem } from "./model";
import { textOf } from "./preview";

const states = { waiting: "waiting", sending: "sending", refused: "failed" } as const;

export function waitingItem({ id, content, queuedAt, state, problem, dueAt }: QueuedSend): ThreadItem {
  const kind = (content as { type?: string } | undefined)?.type ?? "text";
  return {
    id,
    at: new Date(queuedAt).toISOString(),
    type: "message",
    message: {
      direction: "out",
      origin: "reply",
      here: true,
      kind,
      state: dueAt && state !== "refused" ? "scheduled" : states[state],
      dueAt,
      text: textOf(content),
      content,
      error: problem ? { title: "It was not sent.", advice: problem } : undefined,
    },
  };
}
