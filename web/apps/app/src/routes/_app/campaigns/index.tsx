import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { CampaignsScreen } from "@/features/campaign/campaigns-screen";

export const Route = createFileRoute("/_app/campaigns/")({
  validateSearch: z.object({
    q: z.catch(z.optional(z.string()), undefined),
    view: z.catch(z.optional(z.enum(["all", "live", "drafts", "done"])), undefined),
  }),
  component: () => <CampaignsScreen search={Route.useSearch()} />,
});
