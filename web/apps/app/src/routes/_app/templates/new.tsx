import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { NewTemplateScreen } from "@/features/template/new-template-screen";

const text = z.catch(z.optional(z.string()), undefined);

export const Route = createFileRoute("/_app/templates/new")({
  validateSearch: z.object({ from: text, language: text }),
  component: () => <NewTemplateScreen {...Route.useSearch()} />,
});
