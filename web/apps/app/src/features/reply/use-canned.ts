import { type components, fetchFile } from "@aerostic/api-client";
import { toast } from "@aerostic/ui/toast";
import { type RefObject, useMemo } from "react";
import type { ComposerHandle } from "@/features/conversation/composer/composer";
import type { CannedReply } from "@/features/conversation/composer/use-suggestions";
import { renderCanned, useCannedReplies } from "./api/canned";

type Upload = components["schemas"]["Upload"];

/** The canned replies of the composer's /, filled in for a conversation as they are picked. */
export function useCanned(conversation: string, composer: RefObject<ComposerHandle | null>) {
  const { data } = useCannedReplies("", 200);
  const canned = useMemo<CannedReply[]>(
    () =>
      (data?.pages ?? [])
        .flatMap(({ items }) => items ?? [])
        .map(({ id, name, shortcut, body }) => ({ id, shortcut: shortcut || name, text: body || name })),
    [data],
  );
  const onCanned = async ({ id }: CannedReply): Promise<string> => {
    try {
      const filled = await renderCanned(id, conversation);
      if (!filled) return "";
      if (filled.upload) composer.current?.addFiles([await fileOf(filled.upload)]);
      if (filled.missing?.length)
        toast.warning("Look over the text", { description: unknown(filled.missing) });
      return filled.text;
    } catch (error) {
      toast.error("The canned reply was not filled in", {
        description: error instanceof Error ? error.message : undefined,
      });
      return "";
    }
  };
  return { canned, onCanned };
}

const unknown = (missing: string[]) => `Nothing is known for ${missing.join(", ")}.`;

async function fileOf({ id, filename, mimeType }: Upload): Promise<File> {
  return new File([await fetchFile(`/api/uploads/${id}/file`)], filename, { type: mimeType });
}
