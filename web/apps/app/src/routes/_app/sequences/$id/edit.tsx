import { createFileRoute } from "@tanstack/react-router";
import { EditorScreen } from "@/features/sequence/editor/editor-screen";

export const Route = createFileRoute("/_app/sequences/$id/edit")({
  component: () => <EditorScreen id={Route.useParams().id} />,
});
