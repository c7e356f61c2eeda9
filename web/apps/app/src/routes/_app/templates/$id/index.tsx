import { createFileRoute } from "@tanstack/react-router";
import { TemplateScreen } from "@/features/template/template-screen";

export const Route = createFileRoute("/_app/templates/$id/")({
  component: () => <TemplateScreen id={Route.useParams().id} />,
});
