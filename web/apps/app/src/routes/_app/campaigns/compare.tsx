import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { CompareScreen } from "@/features/campaign/compare-screen";

export const Route = createFileRoute("/_app/campaigns/compare")({
  validateSearch: z.object({ id: z.catch(z.optional(z.array(z.string())), undefined) }),
  component: () => <CompareScreen ids={Route.useSearch().id ?? []} />,
});
