import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { ClicksScreen } from "@/features/campaign/report/clicks-screen";

export const Route = createFileRoute("/_app/campaigns/$id/clicks")({
  validateSearch: z.object({ link: z.catch(z.optional(z.number()), undefined) }),
  component: () => <ClicksScreen id={Route.useParams().id} link={Route.useSearch().link} />,
});
