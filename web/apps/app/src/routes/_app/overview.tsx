import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { OverviewScreen } from "@/features/overview/overview-screen";

export const Route = createFileRoute("/_app/overview")({
  validateSearch: z.object({
    days: z.catch(z.optional(z.union([z.literal(7), z.literal(30), z.literal(90)])), undefined),
  }),
  component: () => <OverviewScreen {...Route.useSearch()} />,
});
