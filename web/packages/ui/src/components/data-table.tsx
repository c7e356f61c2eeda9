import {
  rowSelectionFeature,
  type Table as TableModel,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type ReactNode, useCallback, useMemo, useRef } from "react";
import { cn } from "../lib/cn";
import { Checkbox } from "./checkbox";
import { DataTableFoot } from "./data-table-foot";
import { DataTableLoading } from "./data-table-loading";
import { ProblemAlert } from "./problem-alert";
import { Table, TD, TH, TR } from "./table";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "right";
  /** Any CSS width; columns without one share the rest. */
  width?: string;
  /** Takes the room the others leave and cuts what is longer; for one column of names. */
  grow?: boolean;
  /** The column disappears below this window width; the first column never should. */
  hideBelow?: "sm" | "md" | "lg" | "xl";
}

export interface DataTableProps<Row> {
  /** Names the table for screen readers: "Campaigns". */
  label: string;
  /** Keep columns and rows stable between renders (module scope or useMemo). */
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** What a row is called in its checkbox: "Select Ananya Iyer". */
  rowLabel?: (row: Row) => string;
  /** The whole row opens something; put a real link in the first cell too, for the keyboard. */
  onRowClick?: (row: Row) => void;
  /** Both together switch row selection on: ids the caller owns. Shift selects a range. */
  selected?: ReadonlySet<string>;
  onSelectedChange?: (selected: Set<string>) => void;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** An EmptyState; shown when there are no rows. */
  empty?: ReactNode;
  /** Keyset pages: hasMore with loadMore fetches the next one when the end comes near. */
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
  className?: string;
}

const features = tableFeatures({ rowSelectionFeature });
const rowHeight = 52;
// Below this many rows all are in the page: find-in-page works and nothing is measured.
const virtualFrom = 100;

const hidden = { sm: "max-sm:hidden", md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" };

/**
 * A list of any length: sticky head, selection, keyset loading, and its empty, loading and error
 * states. Scrolls inside itself, so give it a parent with a height (PageBody does).
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, loading, error, onRetry, empty, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  if (error) return <ProblemAlert error={error} onRetry={onRetry} className="m-4" />;
  if (!loading && rows.length === 0) return empty;
  return (
    <div
      ref={scroller}
      className={cn("scroll-pane min-h-0 flex-1", className)}
      aria-busy={loading || undefined}
    >
      {loading ? (
        <DataTableLoading label={props.label} columns={columns.length} />
      ) : (
        <Rows {...props} rowId={rowId} scroller={scroller} />
      )}
    </div>
  );
}

function Rows<Row>(props: DataTableProps<Row> & { scroller: React.RefObject<HTMLDivElement | null> }) {
  const { columns, rows, rowId, selected, onSelectedChange } = props;
  const selectable = selected !== undefined && onSelectedChange !== undefined;
  const selection = useMemo(
    () => Object.fromEntries([...(selected ?? [])].map((id) => [id, true as const])),
    [selected],
  );
  const definitions = useMemo(() => columns.map(({ id }) => ({ id })), [columns]);
  const table = useTable({
    features,
    columns: definitions as never,
    data: rows as object[],
    getRowId: (row) => rowId(row as Row),
    state: { rowSelection: selection },
    enableRowSelection: selectable,
    onRowSelectionChange: (update) => {
      const next = typeof update === "function" ? update(selection) : update;
      onSelectedChange?.(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
  const modelRows = table.getRowModel().rows;
  const window = useRowWindow(modelRows.length, props.scroller);

  return (
    <Table aria-label={props.label} aria-rowcount={props.hasMore ? -1 : rows.length + 1}>
      <Head table={table as never} columns={columns} selectable={selectable} />
      <tbody>
        {window.before > 0 && <tr style={{ height: window.before }} aria-hidden />}
        {modelRows.slice(window.from, window.to).map((row, offset) => {
          const original = row.original as Row;
          // The handler reads a native checkbox's event; ours is a button, so it gets the same facts.
          const toggle = row.getToggleSelectedHandler();
          return (
            <TR
              key={row.id}
              aria-rowindex={window.from + offset + 2}
              data-selected={row.getIsSelected() || undefined}
              data-interactive={props.onRowClick ? "" : undefined}
              className={cn(props.onRowClick && "cursor-pointer")}
              onClick={
                props.onRowClick && ((event) => openUnlessControl(event, () => props.onRowClick?.(original)))
              }
            >
              {selectable && (
                <TD className="w-10 pr-0">
                  <Checkbox
                    aria-label={`Select ${props.rowLabel?.(original) ?? "row"}`}
                    checked={row.getIsSelected()}
                    onClick={({ shiftKey }) =>
                      toggle({ shiftKey, target: { checked: !row.getIsSelected() } })
                    }
                  />
                </TD>
              )}
              {columns.map((column) => (
                <TD key={column.id} className={cellClasses(column)}>
                  {column.cell(original)}
                </TD>
              ))}
            </TR>
          );
        })}
        {window.after > 0 && <tr style={{ height: window.after }} aria-hidden />}
      </tbody>
      <DataTableFoot {...props} span={columns.length + (selectable ? 1 : 0)} />
    </Table>
  );
}

function Head<Row>({
  table,
  columns,
  selectable,
}: {
  table: TableModel<typeof features, object>;
  columns: Column<Row>[];
  selectable: boolean;
}) {
  const all = table.getIsAllRowsSelected();
  return (
    <thead className="sticky top-0 z-10 bg-(--surface)">
      <tr>
        {selectable && (
          <TH className="w-10 pr-0">
            <Checkbox
              aria-label="Select all loaded rows"
              checked={all || (table.getIsSomeRowsSelected() && "indeterminate")}
              onCheckedChange={() => table.toggleAllRowsSelected(!all)}
            />
          </TH>
        )}
        {columns.map((column) => (
          <TH key={column.id} className={cellClasses(column)} style={{ width: column.width }}>
            {column.header}
          </TH>
        ))}
      </tr>
    </thead>
  );
}

function cellClasses<Row>({ align, grow, hideBelow }: Column<Row>): string {
  return cn(align === "right" && "text-right", grow && "max-w-0", hideBelow && hidden[hideBelow]);
}

// Links, buttons and boxes inside a row keep their own meaning.
function openUnlessControl(event: MouseEvent<HTMLElement>, open: () => void) {
  const target = event.target as Element;
  if (!target.closest("a, button, input, label, [role=menuitem]")) open();
}

/** Which rows are in the page, and the heights that stand for the others. */
function useRowWindow(count: number, scroller: React.RefObject<HTMLDivElement | null>) {
  const virtual = count > virtualFrom;
  const virtualizer = useVirtualizer({
    count,
    enabled: virtual,
    getScrollElement: useCallback(() => scroller.current, [scroller]),
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  if (!virtual || !first || !last) return { from: 0, to: virtual ? virtualFrom : count, before: 0, after: 0 };
  return {
    from: first.index,
    to: last.index + 1,
    before: first.start,
    after: virtualizer.getTotalSize() - last.end,
  };
}
