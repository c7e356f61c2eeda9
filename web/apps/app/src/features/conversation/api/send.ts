/* Sending: messages go through the outbox, which posts them here and repeats what got no answer. */
import { upload } from "@aerostic/api-client";
import type { FileKind } from "../composer/compose";

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
