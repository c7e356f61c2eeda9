import { createFileRoute } from "@tanstack/react-router";
import { SequenceScreen } from "@/features/sequence/page/sequence-screen";

export const Route = createFileRoute("/_app/sequences/$id/")({
  component: () => <SequenceScreen id={Route.useParams().id} />,
});
