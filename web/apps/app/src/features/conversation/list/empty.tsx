import { Button } from "@aerostic/ui/button";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Link } from "@tanstack/react-router";
import { Inbox, PartyPopper } from "lucide-react";
import { useChannels } from "@/features/channel/api/list";
import { type InboxSearch, isNarrowed } from "../filter";

const nothing: Record<string, [string, string]> = {
  mine: ["Nothing is assigned to you", "Take one from All, or wait until somebody gives you one."],
  unassigned: ["Everything has somebody", "New conversations that nobody looks after appear here."],
  unread: ["You are up to date", "Conversations with new messages appear here."],
  mentions: ["Nobody mentioned you", "When a colleague writes @ and your name in a note, it appears here."],
};

/** Why the list is empty, and what to do next. */
export function NoConversations({ search, onReset }: { search: InboxSearch; onReset: () => void }) {
  const channels = useChannels().data?.items;
  if (channels?.length === 0) {
    return (
      <EmptyState
        icon={Inbox}
        title="No number is connected"
        action={
          <Button asChild variant="primary">
            <Link to="/numbers">Connect a number</Link>
          </Button>
        }
      >
        What people write to your WhatsApp number appears here.
      </EmptyState>
    );
  }
  if (isNarrowed(search)) {
    return (
      <EmptyState
        icon={Inbox}
        title="No conversation is like this"
        action={<Button onClick={onReset}>Show all open ones</Button>}
      >
        Nothing fits the filter.
      </EmptyState>
    );
  }
  const [title, words] = nothing[search.tab ?? ""] ?? [
    "Nothing is open",
    "Every conversation is answered. When somebody writes, they appear here.",
  ];
  return (
    <EmptyState icon={PartyPopper} title={title}>
      {words}
    </EmptyState>
  );
}
