import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { NewCampaignScreen } from "@/features/campaign/wizard/new-campaign-screen";

export const Route = createFileRoute("/_app/campaigns/new")({
  validateSearch: z.object({ template: z.catch(z.optional(z.string()), undefined) }),
  component: () => <NewCampaignScreen {...Route.useSearch()} />,
});
