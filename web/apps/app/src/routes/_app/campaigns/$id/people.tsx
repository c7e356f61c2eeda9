import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { isPeopleGroup, type PeopleGroup } from "@/features/campaign/people";
import { PeopleScreen } from "@/features/campaign/report/people-screen";

const text = z.catch(z.optional(z.string()), undefined);

export const Route = createFileRoute("/_app/campaigns/$id/people")({
  validateSearch: z.object({
    outcome: z.catch(
      z.optional(z.custom<PeopleGroup>((value) => typeof value === "string" && isPeopleGroup(value))),
      undefined,
    ),
    reason: text,
    variant: z.catch(z.optional(z.number()), undefined),
    message: text,
  }),
  component: () => <PeopleScreen id={Route.useParams().id} search={Route.useSearch()} />,
});
