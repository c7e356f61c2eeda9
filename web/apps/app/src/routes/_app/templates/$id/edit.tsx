import { createFileRoute } from "@tanstack/react-router";
import { EditTemplateScreen } from "@/features/template/edit-template-screen";

export const Route = createFileRoute("/_app/templates/$id/edit")({
  component: () => <EditTemplateScreen id={Route.useParams().id} />,
});
