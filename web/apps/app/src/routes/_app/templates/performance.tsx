import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { orders } from "@/features/template/api/performance";
import { PerformanceScreen } from "@/features/template/performance-screen";

export const Route = createFileRoute("/_app/templates/performance")({
  validateSearch: z.object({
    days: z.catch(z.optional(z.union([z.literal(7), z.literal(30), z.literal(90)])), undefined),
    order: z.catch(z.optional(z.enum(orders)), undefined),
  }),
  component: () => <PerformanceScreen {...Route.useSearch()} />,
});
