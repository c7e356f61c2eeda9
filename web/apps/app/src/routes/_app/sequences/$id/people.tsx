import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { PeopleScreen } from "@/features/sequence/page/people-screen";

const text = z.catch(z.optional(z.string()), undefined);

export const Route = createFileRoute("/_app/sequences/$id/people")({
  validateSearch: z.object({
    state: z.catch(z.optional(z.enum(["waiting", "finished", "exited"])), undefined),
    reason: text,
    stepId: text,
    outcome: z.catch(
      z.optional(
        z.enum([
          "reached",
          "queued",
          "sent",
          "delivered",
          "read",
          "failed",
          "refused",
          "cancelled",
          "unsure",
          "replied",
        ]),
      ),
      undefined,
    ),
    message: text,
  }),
  component: () => <PeopleScreen id={Route.useParams().id} search={Route.useSearch()} />,
});
