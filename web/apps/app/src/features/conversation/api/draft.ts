import { api } from "@aerostic/api-client";

/** Keeps what one has begun to write; nothing forgets it. */
export async function putDraft(id: string, text: string): Promise<void> {
  await api.PUT("/api/conversations/{id}/draft", {
    params: { path: { id } },
    body: { body: text ? { text } : undefined },
  });
}
