/* Sending: messages go through the outbox, which posts them here and repeats what got no answer. */
import { api, upload } from "@aerostic/api-client";
import type { OutboxMessage } from "@/lib/outbox";
import type { FileKind, TemplateDraft } from "../composer/compose";
import type { ThreadItem } from "../model";

/** A file that is on the server and can be sent. */
export interface Uploaded {
  id: string;
  kind: FileKind;
  voice: boolean;
  filename: string;
  size: number;
}

export function uploadFile(file: File, onProgress?: (share: number) => void): Promise<Uploaded> {
  const form = new FormData();
  form.append("file", file);
  return upload<Uploaded>("/api/uploads", form, { onProgress });
}

/** What stands in the outbox for a template. */
export interface TemplateContent {
  type: "template";
  template: TemplateDraft;
}

/** Posts one message of the outbox and gives it as the thread has it; the same id twice is one message. */
export async function deliver({
  id,
  conversation,
  content,
  quote,
  dueAt,
}: OutboxMessage): Promise<ThreadItem | undefined> {
  const said = isTemplate(content) ? { template: content.template } : { content: content as never };
  const { data } = await api.POST("/api/conversations/{id}/messages", {
    params: { path: { id: conversation } },
    body: { id, ...said, quote, dueAt },
  });
  return data as ThreadItem | undefined;
}

function isTemplate(content: unknown): content is TemplateContent {
  return (content as { type?: string } | undefined)?.type === "template";
}

/** Cancels a message that waits for its time. */
export async function withdraw(id: string, messageId: string): Promise<void> {
  await api.DELETE("/api/conversations/{id}/messages/{messageId}", { params: { path: { id, messageId } } });
}

/** Lets a message that failed go once more, as a new one. */
export async function sendAgain(id: string, messageId: string, newId: string): Promise<void> {
  await api.POST("/api/conversations/{id}/messages/{messageId}/resend", {
    params: { path: { id, messageId } },
    body: { id: newId },
  });
}
