import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { ReportScreen } from "@/features/support/report-screen";

export const Route = createFileRoute("/_app/inbox_/reports")({
  validateSearch: z.object({
    by: z.catch(z.optional(z.enum(["day", "person", "team", "channel"])), undefined),
    days: z.catch(z.optional(z.union([z.literal(7), z.literal(30), z.literal(90)])), undefined),
    team: z.catch(z.optional(z.uuid()), undefined),
    channel: z.catch(z.optional(z.uuid()), undefined),
  }),
  component: Reports,
});

function Reports() {
  const { by = "day", days = 30, ...narrowed } = Route.useSearch();
  return <ReportScreen by={by} days={days} {...narrowed} />;
}
