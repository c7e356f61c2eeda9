import { Badge } from "@aerostic/ui/badge";
import { Card, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { formatCount, formatPhone } from "@aerostic/ui/lib/format";
import { Spinner } from "@aerostic/ui/spinner";
import { Table, TH } from "@aerostic/ui/table";
import { CircleAlert } from "lucide-react";
import type { Import } from "./api/list";
import { type ColumnChoice, ignore, phoneColumn } from "./mapping";

interface PreviewTableProps {
  upload: Import;
  choices: ColumnChoice[];
  reading: boolean;
}

/** The first rows as they would be imported; what would not be says why, in its own line. */
export function PreviewTable({ upload, choices, reading }: PreviewTableProps) {
  const rows = upload.preview?.rows ?? [];
  const invalid = rows.filter(({ problem }) => problem).length;
  const phoneAt = phoneColumn(choices);
  const width = upload.columns.length + 1;
  if (rows.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="First rows"
        description={`${formatCount(rows.length, "row")} of the file, with numbers as they will be written`}
        action={
          <>
            {reading && <Spinner />}
            {invalid > 0 ? (
              <Badge tone="warning" dot>
                {invalid} of {rows.length} need fixing
              </Badge>
            ) : (
              <Badge tone="success" dot>
                All can be imported
              </Badge>
            )}
          </>
        }
        divided
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="scroll-pane outline-none" tabIndex={0} aria-label="First rows of the file">
        <Table aria-label="First rows">
          <thead>
            <tr>
              <TH className="w-14 text-right">Row</TH>
              {upload.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                <TH key={index} className={cn(choices[index]?.target === ignore && "opacity-60")} dir="auto">
                  {column.name || `Column ${index + 1}`}
                </TH>
              ))}
            </tr>
          </thead>
          {rows.map((row) => (
            <tbody key={row.row} className={cn(row.problem && "bg-warning-soft/60")}>
              <tr>
                <td
                  className={cn(
                    "h-9 px-2.5 pl-4 text-right text-muted-foreground",
                    !row.problem && "border-b",
                  )}
                >
                  {row.row}
                </td>
                {upload.columns.map((column, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
                    key={index}
                    title={column.name}
                    className={cn(
                      "max-w-64 truncate px-2.5 last:pr-4",
                      !row.problem && "border-b",
                      choices[index]?.target === ignore && "text-muted-foreground line-through opacity-60",
                    )}
                    dir="auto"
                  >
                    {index === phoneAt && row.phone ? formatPhone(row.phone) : row.cells[index]}
                  </td>
                ))}
              </tr>
              {row.problem && (
                <tr>
                  <td className="border-b" />
                  <td colSpan={width - 1} className="border-b px-2.5 pb-2 text-warning text-xs">
                    <span className="inline-flex items-center gap-1.5">
                      <CircleAlert aria-hidden className="size-3.5 shrink-0" />
                      {row.problem}
                    </span>
                  </td>
                </tr>
              )}
            </tbody>
          ))}
        </Table>
      </section>
    </Card>
  );
}
