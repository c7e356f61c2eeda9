import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { InboxSettingsScreen } from "@/features/settings/inbox-settings-screen";
import { inboxViews } from "@/features/settings/inbox-views";

export const Route = createFileRoute("/_app/settings_/inbox")({
  validateSearch: z.object({ view: z.catch(z.optional(z.enum(inboxViews)), undefined) }),
  component: () => <InboxSettingsScreen view={Route.useSearch().view ?? "teams"} />,
});
