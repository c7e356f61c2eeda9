import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { parseQuery } from "@/features/segment/query";
import { NewSegmentScreen } from "@/features/segment/segment-screen";

export const Route = createFileRoute("/_app/contacts/segments/new")({
  validateSearch: z.object({ where: z.catch(z.optional(z.string()), undefined) }),
  component: () => <NewSegmentScreen start={parseQuery(Route.useSearch().where)} />,
});
