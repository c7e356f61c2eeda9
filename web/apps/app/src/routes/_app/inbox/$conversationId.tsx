import { createFileRoute } from "@tanstack/react-router";

// The parent route shows the conversation beside the list, which stays as it is.
export const Route = createFileRoute("/_app/inbox/$conversationId")({ component: () => null });
