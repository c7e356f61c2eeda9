import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { formatBytes, formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { CellStack, Table, TD, TH, TR } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Import, useImports } from "./api/list";
import { ImportBadge } from "./import-state";

/** The imports there were, each leading to its result or to where it was left. */
export function RecentImports() {
  const { rows, loading, error, hasMore, loadingMore, onLoadMore, onRetry } = usePagedRows(useImports());
  const format = useFormat();
  if (error) return <ProblemAlert error={error} onRetry={onRetry} />;
  if (!loading && rows.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Earlier imports" divided />
      {loading ? (
        <div role="status" aria-label="Loading imports" className="flex flex-col gap-3 p-4">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      ) : (
        <Table aria-label="Earlier imports" className="table-fixed">
          <thead>
            <tr>
              <TH>File</TH>
              <TH className="w-28">State</TH>
              <TH className="w-32 text-right max-sm:hidden">Imported</TH>
              <TH className="w-32 text-right max-md:hidden">To fix</TH>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} when={format.relative(row.createdAt)} />
            ))}
          </tbody>
        </Table>
      )}
      {hasMore && (
        <div className="flex justify-center border-t p-2">
          <Button variant="ghost" size="sm" loading={loadingMore} onClick={onLoadMore}>
            Load more
          </Button>
        </div>
      )}
    </Card>
  );
}

function Row({ row, when }: { row: Import; when: string }) {
  return (
    <TR>
      <TD>
        <CellStack
          title={
            <Link
              to="/contacts/import/$id"
              params={{ id: row.id }}
              className="focus-ring rounded-xs border border-transparent hover:underline"
              dir="auto"
            >
              {row.fileName}
            </Link>
          }
          note={`${when} · ${formatBytes(row.size)}${row.rows > 0 ? ` · ${formatCount(row.rows, "row")}` : ""}`}
        />
      </TD>
      <TD>
        <ImportBadge state={row.state} />
      </TD>
      <TD className="text-right max-sm:hidden">
        {row.state === "uploaded" ? "–" : formatNumber(row.created + row.updated)}
      </TD>
      <TD className="text-right max-md:hidden">{row.invalid > 0 ? formatNumber(row.invalid) : "–"}</TD>
    </TR>
  );
}
