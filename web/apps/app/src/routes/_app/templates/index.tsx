import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { TemplatesScreen } from "@/features/template/templates-screen";

const text = z.catch(z.optional(z.string()), undefined);

export const Route = createFileRoute("/_app/templates/")({
  validateSearch: z.object({
    q: text,
    status: text,
    category: z.catch(z.optional(z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])), undefined),
    language: text,
  }),
  component: () => <TemplatesScreen filter={Route.useSearch()} />,
});
