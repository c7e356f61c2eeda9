import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { EditCampaignScreen } from "@/features/campaign/wizard/edit-campaign-screen";
import { isStep, type StepId } from "@/features/campaign/wizard/steps";

export const Route = createFileRoute("/_app/campaigns/$id/edit")({
  validateSearch: z.object({
    step: z.catch(
      z.optional(z.custom<StepId>((value) => typeof value === "string" && isStep(value))),
      undefined,
    ),
  }),
  component: () => {
    const { id } = Route.useParams();
    return <EditCampaignScreen key={id} id={id} step={Route.useSearch().step} />;
  },
});
