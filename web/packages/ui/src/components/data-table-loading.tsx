import { Skeleton } from "./skeleton";

const rows = Array.from({ length: 8 }, (_, index) => index);

/** The table's shape while its first page loads. */
export function DataTableLoading({ label, columns }: { label: string; columns: number }) {
  const cells = Array.from({ length: columns }, (_, index) => index);
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      {rows.map((row) => (
        <div key={row} className="flex h-13 items-center gap-6 border-b px-4">
          {cells.map((cell) => (
            <Skeleton key={cell} className={cell === 0 ? "w-1/4" : "h-3 flex-1"} />
          ))}
        </div>
      ))}
    </div>
  );
}
