import { createFileRoute } from "@tanstack/react-router";
import { ExplainScreen } from "@/features/message/explain-screen";

export const Route = createFileRoute("/_app/messages/$id")({
  component: () => <ExplainScreen id={Route.useParams().id} />,
});
