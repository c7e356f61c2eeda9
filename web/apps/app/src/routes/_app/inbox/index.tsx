import { createFileRoute } from "@tanstack/react-router";

// The list alone: the parent route shows it.
export const Route = createFileRoute("/_app/inbox/")({ component: () => null });
