import { toast } from "@aerostic/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { newId, type QueuedSend, useOutbox } from "@/lib/outbox";
import { useSetStatus } from "./api/change";
import { useAddNote } from "./api/notes";
import { useCheckPayment } from "./api/payment";
import { sendAgain, uploadFile, withdraw } from "./api/send";
import { refreshThread } from "./cache";
import { writeFile } from "./composer/compose";
import type { Outgoing } from "./composer/composer";
import { TemplateDialog } from "./composer/template-dialog";

interface Options {
  dueAt?: Date;
  quote?: string;
}

/** Everything that leaves a conversation: messages, files, templates, reactions and notes. */
export function useSend(id: string, from: { wabaId?: string; sender: string }) {
  const client = useQueryClient();
  const outbox = useOutbox(id);
  const { mutate: addNote } = useAddNote();
  const { mutate: setStatus } = useSetStatus();
  const { mutateAsync: checkPayment } = useCheckPayment();
  const [choosing, setChoosing] = useState(false);

  const post = (content: unknown, { dueAt, quote }: Options = {}) =>
    outbox.send({ conversation: id, content, quote, dueAt: dueAt?.toISOString() });
  const send = async (parts: Outgoing[], options: Options) => {
    const ids: string[] = [];
    for (const [index, part] of parts.entries()) {
      const content = await contentOf(part);
      if (content) ids.push(await post(content, index === 0 ? options : { dueAt: options.dueAt }));
    }
    return ids;
  };
  const latest = useRef(Promise.resolve<string[]>([]));
  const resolveAfter = useOnceSent(outbox.queued, () =>
    setStatus({ body: { ids: [id], status: "resolved" } }, { onError: told }),
  );
  const refresh = () => refreshThread(client, id);
  const dialog: ReactNode = choosing && (
    <TemplateDialog
      {...from}
      onClose={() => setChoosing(false)}
      onSend={(template, dueAt) => {
        setChoosing(false);
        void post({ type: "template", template }, { dueAt });
      }}
    />
  );
  return {
    send: (parts: Outgoing[], options: Options) => {
      latest.current = send(parts, options);
    },
    react: (messageId: string, emoji: string) =>
      void post({ type: "reaction", reaction: { messageId, emoji } }),
    note: (body: string, mentions: string[]) =>
      addNote(
        { params: { path: { id } }, body: { id: newId(), body, mentions } },
        { onError: (error) => void toast.error("The note was not saved", { description: error.detail }) },
      ),
    cancel: (message: string) => void withdraw(id, message).then(refresh, told),
    again: (message: string) => void sendAgain(id, message, newId()).then(refresh, told),
    check: (messageId: string) =>
      checkPayment({ params: { path: { id, messageId } } }).catch((problem) => told(problem)),
    retry: (message: string) => void outbox.retry(message),
    discard: (message: string) => void outbox.discard(message),
    // What was written last goes first: an answer that comes after would open it again.
    resolve: () => void latest.current.then(resolveAfter),
    template: () => setChoosing(true),
    dialog,
  };
}

const told = (error: { detail?: string }) =>
  void toast.error("That did not work", { description: error.detail });

/** What is sent of a part: a file goes to the server first, as often as it is asked to. */
async function contentOf(part: Outgoing): Promise<unknown> {
  if ("draft" in part) return part.draft;
  const { file, caption, voice } = part;
  const id = toast.loading(`Uploading ${voice ? "the voice message" : file.name}`);
  try {
    const uploaded = await uploadFile(file);
    toast.dismiss(id);
    const { kind, filename } = uploaded;
    return writeFile(kind, { upload: uploaded.id, caption, filename, voice: voice && uploaded.voice });
  } catch (error) {
    toast.dismiss(id);
    return (await wantsAgain(file.name, error)) ? contentOf(part) : undefined;
  }
}

/** Says that a file did not go and asks what to do; true: try again. */
function wantsAgain(name: string, error: unknown): Promise<boolean> {
  return new Promise((answer) => {
    toast.error(`${name} was not sent`, {
      description: error instanceof Error ? error.message : undefined,
      duration: Number.POSITIVE_INFINITY,
      action: { label: "Try again", onClick: () => answer(true) },
      cancel: { label: "Discard", onClick: () => answer(false) },
      onDismiss: () => answer(false),
    });
  });
}

/** Does something once messages have reached the server; nothing when one of them was refused. */
function useOnceSent(queued: QueuedSend[], act: () => void): (ids: string[]) => void {
  const [awaited, setAwaited] = useState<string[]>();
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const left = queued.filter((message) => awaited?.includes(message.id));
    if (!awaited || left.some(({ state }) => state !== "refused")) return;
    setAwaited(undefined);
    if (left.length === 0) latest.current();
  }, [queued, awaited]);
  return setAwaited;
}
