import { createFileRoute } from "@tanstack/react-router";
import { BoardScreen } from "@/features/contact/board-screen";
import { boardSearch } from "@/features/contact/board-search";

export const Route = createFileRoute("/_app/contacts/board")({
  validateSearch: boardSearch,
  component: () => <BoardScreen search={Route.useSearch()} />,
});
