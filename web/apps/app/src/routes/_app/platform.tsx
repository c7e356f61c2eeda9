import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { PlatformScreen } from "@/features/platform/platform-screen";

const search = z.object({
  tab: z.catch(z.optional(z.enum(["workspaces", "webhooks"])), undefined),
  sort: z.catch(z.optional(z.enum(["name", "newest"])), undefined),
});

export const Route = createFileRoute("/_app/platform")({
  validateSearch: search,
  component: () => <PlatformScreen {...Route.useSearch()} />,
});
