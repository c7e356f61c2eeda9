import { createFileRoute, useParams } from "@tanstack/react-router";
import { inboxSearch } from "@/features/conversation/filter";
import { InboxScreen } from "@/features/conversation/inbox-screen";

export const Route = createFileRoute("/_app/inbox")({
  validateSearch: inboxSearch,
  component: () => {
    const { conversationId } = useParams({ strict: false });
    return <InboxScreen id={conversationId} search={Route.useSearch()} />;
  },
});
