import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Tooltip } from "@aerostic/ui/tooltip";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Keyboard } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { SidebarButton } from "@/features/shell/page";
import { SearchBox } from "@/features/shell/search-box";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useConversations } from "../api/list";
import { prefetchConversation } from "../api/prefetch";
import { type InboxSearch, toQuery } from "../filter";
import type { ConversationRow } from "../model";
import { useKeys } from "../use-keys";
import { BulkBar } from "./bulk-bar";
import { NoConversations } from "./empty";
import { FilterMenu } from "./filter-menu";
import { List } from "./list";
import { LiveSign } from "./live-sign";
import { SearchResults } from "./search-results";
import { Tabs } from "./tabs";
import { useSelection } from "./use-selection";

interface ListPaneProps {
  search: InboxSearch;
  activeId?: string;
  onKeys: () => void;
}

/** The list with its search, tabs and filters. */
export function ListPane({ search, activeId, onKeys }: ListPaneProps) {
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<InboxSearch>) =>
      // What changes the filter leaves the view.
      void navigate({
        to: ".",
        search: (old) => ({ ...old, view: undefined, ...next }) as never,
        replace: true,
      }),
    [navigate],
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex h-13 shrink-0 items-center gap-2 px-3">
        <SidebarButton />
        <h1 className="min-w-0 flex-1 truncate font-semibold text-md tracking-title">Inbox</h1>
        <Tooltip label="Keys (?)">
          <Button variant="ghost" size="icon-sm" aria-label="Keys" onClick={onKeys} className="max-md:hidden">
            <Keyboard />
          </Button>
        </Tooltip>
        <LiveSign />
      </header>
      <div className="flex shrink-0 flex-col gap-2 px-3 pb-2 [&_span]:w-full">
        <SearchBox
          label="Search people and messages"
          value={search.q ?? ""}
          onChange={(q) => change({ q: q || undefined })}
        />
      </div>
      {search.q ? (
        <SearchResults q={search.q} activeId={activeId} />
      ) : (
        <Filtered search={search} activeId={activeId} change={change} />
      )}
    </div>
  );
}

function Filtered({
  search,
  activeId,
  change,
}: Omit<ListPaneProps, "onKeys"> & { change: (next: Partial<InboxSearch>) => void }) {
  const query = useMemo(() => toQuery(search), [search]);
  const { rows: all, loading, error, ...paging } = usePagedRows(useConversations(query));
  const rows = useMemo(() => uniqueById(all as ConversationRow[]), [all]);
  const selection = useSelection(rows);
  const client = useQueryClient();
  const [intent] = useState(() => (id: string) => void prefetchConversation(client, id));
  useListKeys(activeId, selection.toggle);
  return (
    <>
      <div className="flex shrink-0 flex-col gap-1 px-3 pb-2">
        <Tabs tab={search.tab ?? "all"} onTab={(tab) => change({ tab: tab === "all" ? undefined : tab })} />
        <FilterMenu search={search} change={change} />
      </div>
      {selection.ids.size > 0 && (
        <BulkBar ids={[...selection.ids]} onDone={selection.clear} onAll={selection.all} />
      )}
      {error ? (
        <ProblemAlert error={error} onRetry={paging.onRetry} className="mx-3" />
      ) : (
        <List
          rows={rows}
          activeId={activeId}
          selected={selection.ids}
          loading={loading}
          hasMore={paging.hasMore}
          loadingMore={paging.loadingMore}
          onLoadMore={paging.onLoadMore}
          onCheck={selection.toggle}
          onIntent={intent}
          empty={
            <NoConversations
              search={search}
              onReset={() =>
                change({
                  tab: undefined,
                  status: undefined,
                  team: undefined,
                  label: undefined,
                  channel: undefined,
                  sla: undefined,
                })
              }
            />
          }
        />
      )}
    </>
  );
}

/** A page boundary may show a conversation again that moved meanwhile. */
function uniqueById(rows: ConversationRow[]): ConversationRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** J and K walk over the rows, X selects; Enter follows the row's own link. */
function useListKeys(activeId: string | undefined, onCheck: (id: string, range: boolean) => void) {
  const walk = (by: 1 | -1) => {
    const links = [...document.querySelectorAll<HTMLElement>("a[data-conversation]")];
    const focused = links.indexOf(document.activeElement as HTMLElement);
    const active = links.findIndex(({ dataset }) => dataset.conversation === activeId);
    const at = focused >= 0 ? focused + by : active >= 0 ? active + by : 0;
    links[Math.min(links.length - 1, Math.max(0, at))]?.focus();
  };
  const inList = (by: 1 | -1) => (event: KeyboardEvent) => {
    const target = event.target as Element;
    if (target === document.body || target.closest("a[data-conversation]")) walk(by);
  };
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    ArrowDown: inList(1),
    ArrowUp: inList(-1),
    x: () => {
      const id = (document.activeElement as HTMLElement | null)?.dataset.conversation ?? activeId;
      if (id) onCheck(id, false);
    },
  });
}
