import { createFileRoute } from "@tanstack/react-router";
import { ImportScreen } from "@/features/import/import-screen";

export const Route = createFileRoute("/_app/contacts/import/$id")({
  component: () => <ImportScreen key={Route.useParams().id} id={Route.useParams().id} />,
});
