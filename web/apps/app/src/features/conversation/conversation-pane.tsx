import { EmptyState } from "@aerostic/ui/empty-state";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import { MessageSheet } from "@/features/message/message-sheet";
import { useCanned } from "@/features/reply/use-canned";
import { conversationQuery } from "./api/conversation";
import { loadedRow } from "./cache";
import { Composer, type ComposerHandle } from "./composer/composer";
import type { InboxSearch } from "./filter";
import { useLiveThread } from "./live";
import type { ConversationRow, Presence, ThreadItem } from "./model";
import { useNames } from "./names";
import { nameOfPerson } from "./preview";
import { ThreadActions } from "./thread/actions";
import { ThreadHeader } from "./thread/header";
import { ThreadView } from "./thread/thread-view";
import { useDraftSync } from "./use-draft-sync";
import { useItems } from "./use-items";
import { usePresence } from "./use-presence";
import { useReading } from "./use-reading";
import { useSend } from "./use-send";

type Detail = ConversationRow & { mayReply?: boolean; draft?: { body?: { text?: string } } };

interface ConversationPaneProps {
  id: string;
  search: InboxSearch;
  /** On a phone the conversation fills the screen. */
  alone: boolean;
  panelOpen: boolean;
  onPanel: () => void;
}

/** One conversation: whom it is with, what was said, and where one answers. */
export function ConversationPane({ id, search, alone, panelOpen, onPanel }: ConversationPaneProps) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    ...conversationQuery(id),
    placeholderData: () => loadedRow(client, id) as never,
  });
  const conversation = data as Detail | undefined;
  if (error && !conversation) return <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" />;
  if (!conversation) return <Loading />;
  return (
    <Conversation
      conversation={conversation}
      search={search}
      alone={alone}
      panelOpen={panelOpen}
      onPanel={onPanel}
    />
  );
}

function Conversation({
  conversation,
  search,
  alone,
  panelOpen,
  onPanel,
}: Omit<ConversationPaneProps, "id"> & { conversation: Detail }) {
  const { id } = conversation;
  const name = nameOfPerson(conversation.contact);
  const composer = useRef<ComposerHandle>(null);
  const [quote, setQuote] = useState<ThreadItem>();
  const [explained, setExplained] = useState<string>();
  const target = useTarget(search.message);
  const names = useNames();
  const canReply = useCan("inbox.reply");
  const thread = useItems(id);
  const reading = useReading(conversation, thread.items, thread.loading);
  const keepDraft = useDraftSync(id);
  const channels = useChannels().data?.items ?? [];
  const channel = channels.find((one) => one.id === conversation.channelId);
  const sending = useSend(id, { wabaId: channel?.wabaId, sender: channel?.verifiedName || "Your business" });
  const presence = usePresence(id, names.me);
  useLiveThread(id, presence.onNews);
  const canned = useCanned(id, composer);
  const quoteIt = (item: ThreadItem) => {
    setQuote(item);
    composer.current?.focus("reply");
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col" {...dropFiles(canReply ? composer : undefined)}>
      <ThreadHeader
        conversation={conversation}
        alone={alone}
        presence={presence.others}
        channel={channels.length > 1 ? channel?.verifiedName : undefined}
        panelOpen={panelOpen}
        onPanel={onPanel}
      >
        <ThreadActions conversation={conversation} composer={composer} />
      </ThreadHeader>
      <ThreadView
        label={`Messages with ${name}`}
        items={thread.items}
        loading={thread.loading}
        hasOlder={thread.hasOlder}
        loadingOlder={thread.loadingOlder}
        onOlder={thread.onOlder}
        unreadFrom={reading.unreadFrom}
        target={target.id}
        onJump={target.show}
        onQuote={canReply ? quoteIt : undefined}
        onReact={canReply ? sending.react : undefined}
        onExplain={setExplained}
        onRetry={sending.retry}
        onDiscard={sending.discard}
        onCancel={canReply ? sending.cancel : undefined}
        onAgain={canReply ? sending.again : undefined}
        onCheckPayment={canReply ? sending.check : undefined}
      />
      {canReply && (
        <Composer
          ref={composer}
          conversation={id}
          channel={conversation.channelId}
          name={conversation.contact.name.split(" ")[0] || name}
          windowUntil={conversation.windowUntil}
          locked={lockOf(conversation, names.member(conversation.assigneeId))}
          hint={hintOf(presence.others, names.member)}
          quote={quote}
          onUnquote={() => setQuote(undefined)}
          canned={canned.canned}
          onCanned={canned.onCanned}
          members={names.members}
          onSend={sending.send}
          onNote={sending.note}
          onTemplate={sending.template}
          onTyping={presence.onTyping}
          onResolve={sending.resolve}
          kept={conversation.draft?.body?.text}
          onDraft={keepDraft}
        />
      )}
      {sending.dialog}
      <MessageSheet id={explained} onClose={() => setExplained(undefined)} />
    </div>
  );
}

/** Why one may not write at all, in a sentence. */
function lockOf(
  { blocked, mayReply }: { blocked?: boolean; mayReply?: boolean },
  assignee = "Somebody else",
) {
  if (blocked) return "This person is blocked. Take the block away to write to them.";
  if (mayReply === false)
    return `${assignee} looks after this conversation, and only the assignee may answer.`;
  return undefined;
}

function hintOf(presence: Presence[], member: (id: string) => string | undefined): string | undefined {
  const typing = presence.find(({ doing }) => doing === "typing");
  return typing && `${member(typing.userId) ?? "Somebody"} is writing an answer.`;
}

/** The message to show: of the address at first, then of the quote that was pressed. */
function useTarget(given: string | undefined) {
  const navigate = useNavigate();
  const show = (message: string) =>
    void navigate({ to: ".", search: (old) => ({ ...old, message }) as never, replace: true });
  return { id: given, show };
}

function dropFiles(composer: React.RefObject<ComposerHandle | null> | undefined) {
  if (!composer) return {};
  const carries = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    onDragOver: (event: DragEvent) => {
      if (carries(event)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      composer.current?.addFiles(event.dataTransfer.files);
      composer.current?.focus("reply");
    },
  };
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the conversation" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-13 items-center gap-3 border-b px-4">
        <Skeleton className="size-8 rounded-full" />
        <Skeleton className="h-4 w-40" />
      </div>
      <div className="flex-1 bg-chat-canvas" />
    </div>
  );
}

/** What stands beside the list before anything is open. */
export function NothingOpen() {
  return (
    <div className="flex flex-1 items-center justify-center bg-chat-canvas">
      <EmptyState icon={MessagesSquare} title="No conversation is open">
        Choose one of the list, or press J and Enter. The key ? shows all keys.
      </EmptyState>
    </div>
  );
}
