import type { InfiniteData } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import type { Contact } from "./api/list";
import { nobody } from "./stage-options";
import { useMove } from "./use-move";

type Pages = InfiniteData<{ items: Contact[] | null; next?: string; total?: number }>;

/** Moves a card at once, in the columns that are loaded; the server's word follows. */
export function useBoardMove() {
  const client = useQueryClient();
  const { move } = useMove();
  return async (contact: Contact, stageId: string): Promise<boolean> => {
    const from = contact.stageId ?? nobody;
    if (from === stageId) return false;
    await client.cancelQueries({ queryKey: ["get", "/api/contacts"] });
    const moved = {
      ...contact,
      stageId: stageId === nobody ? undefined : stageId,
      stageAt: new Date().toISOString(),
    };
    change(from, (pages) => without(pages, contact.id));
    change(stageId, (pages) => onTop(pages, moved));
    return move(contact, { stageId });

    function change(stage: string, how: (pages: Pages) => Pages) {
      client.setQueriesData<Pages>(
        { queryKey: ["get", "/api/contacts"], predicate: ({ queryKey }) => stageOf(queryKey) === stage },
        (pages) => pages?.pages && how(pages),
      );
    }
  };
}

function stageOf(key: readonly unknown[]): string | undefined {
  return (key[2] as { params?: { query?: { stage?: string } } } | undefined)?.params?.query?.stage;
}

function without(pages: Pages, id: string): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: (page.items ?? []).filter((contact) => contact.id !== id),
    })),
  };
}

function onTop(pages: Pages, contact: Contact): Pages {
  const [first, ...rest] = pages.pages;
  if (!first) return pages;
  return { ...pages, pages: [{ ...first, items: [contact, ...(first.items ?? [])] }, ...rest] };
}
