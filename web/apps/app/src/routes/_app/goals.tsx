import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { GoalsScreen } from "@/features/goal/goals-screen";

export const Route = createFileRoute("/_app/goals")({
  validateSearch: z.object({ view: z.catch(z.optional(z.enum(["goals", "conversions"])), undefined) }),
  component: () => <GoalsScreen view={Route.useSearch().view ?? "goals"} />,
});
