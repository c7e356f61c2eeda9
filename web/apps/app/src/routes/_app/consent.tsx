import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { ConsentScreen } from "@/features/consent/consent-screen";

const search = z.object({
  tab: z.catch(z.optional(z.enum(["open", "settled", "words", "page"])), undefined),
});

export const Route = createFileRoute("/_app/consent")({
  validateSearch: search,
  component: () => <ConsentScreen {...Route.useSearch()} />,
});
