import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { SequencesScreen } from "@/features/sequence/sequences-screen";

export const Route = createFileRoute("/_app/sequences/")({
  validateSearch: z.object({
    view: z.catch(z.optional(z.enum(["all", "live", "drafts", "archived"])), undefined),
  }),
  component: () => <SequencesScreen {...Route.useSearch()} />,
});
