import { Skeleton } from "@aerostic/ui/skeleton";
import { VirtualList } from "@aerostic/ui/virtual-list";
import type { ReactNode } from "react";
import type { ConversationRow } from "../model";
import { Row, type RowProps } from "./row";

interface ListProps extends Pick<RowProps, "onCheck" | "onIntent"> {
  rows: ConversationRow[];
  activeId?: string;
  /** Ids selected for a bulk action. */
  selected: ReadonlySet<string>;
  loading?: boolean;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore: () => void;
  /** Shown when there are no rows. */
  empty: ReactNode;
}

/** The conversations of a filter, the latest first. */
export function List({ rows, activeId, selected, loading, empty, onCheck, onIntent, ...paging }: ListProps) {
  return (
    <VirtualList
      label="Conversations"
      rows={rows}
      rowId={idOf}
      rowHeight={68}
      activeId={activeId}
      className="pb-2"
      head={loading ? <Loading /> : rows.length === 0 && empty}
      {...paging}
    >
      {(row) => (
        <Row
          row={row}
          active={row.id === activeId}
          checked={selected.size > 0 ? selected.has(row.id) : undefined}
          onCheck={onCheck}
          onIntent={onIntent}
        />
      )}
    </VirtualList>
  );
}

const idOf = ({ id }: ConversationRow) => id;

function Loading() {
  return (
    <div role="status" aria-label="Loading conversations" className="flex flex-col px-4">
      {[1, 2, 3, 4, 5, 6].map((n) => (
        <div key={n} className="flex h-17 items-center gap-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
