import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { NewTemplateScreen } from "@/features/template/new-template-screen";

export const Route = createFileRoute("/_app/templates/new")({
  validateSearch: z.object({ from: z.catch(z.optional(z.string()), undefined) }),
  component: () => <NewTemplateScreen {...Route.useSearch()} />,
});
