import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { cn } from "@aerostic/ui/lib/cn";
import { formatMoney, formatNumber } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { ReceiptText } from "lucide-react";
import { useMemo } from "react";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Transaction, type TransactionKind, useTransactions } from "./api/transactions";
import { formatChange } from "./money";
import { describe, kindNames, kindTones } from "./transaction";

interface StatementProps {
  kind?: TransactionKind;
  onKind: (kind: TransactionKind | undefined) => void;
  onOpen: (id: string) => void;
}

const all = "all";
const kinds = [
  { value: all, label: "Everything" },
  ...Object.entries(kindNames).map(([value, label]) => ({ value, label: `${label}s` })),
];

/** Every change of the wallet, newest first, with the balance after it. */
export function Statement({ kind, onKind, onOpen }: StatementProps) {
  const format = useFormat();
  const list = usePagedRows(useTransactions(kind));
  const columns = useMemo(() => statementColumns(format.dateTime), [format]);
  return (
    <Card className="max-h-[max(24rem,calc(100dvh-15rem))] overflow-hidden">
      <CardHeader
        title="Statement"
        description="Each line opens its entries, which always sum to zero"
        action={
          <Select
            aria-label="Kind"
            className="w-36 text-sm"
            options={kinds}
            value={kind ?? all}
            onValueChange={(next) => onKind(next === all ? undefined : (next as TransactionKind))}
          />
        }
        divided
      />
      <DataTable
        {...list}
        label="Statement"
        columns={columns}
        rowId={({ id }) => id}
        onRowClick={({ id }) => onOpen(id)}
        empty={
          <EmptyState
            icon={ReceiptText}
            title={kind ? `No ${kindNames[kind].toLowerCase()}s yet` : "Nothing happened yet"}
            className="flex-1"
            action={kind && <Button onClick={() => onKind(undefined)}>Show everything</Button>}
          >
            Top-ups and what messages cost appear here, each with the balance after it.
          </EmptyState>
        }
      />
    </Card>
  );
}

function statementColumns(dateTime: (at: string) => string): Column<Transaction>[] {
  return [
    {
      id: "what",
      header: "What",
      grow: true,
      cell: (transaction) => (
        <CellStack
          title={
            <Link
              from="/wallet"
              to="/wallet"
              search={(search) => ({ ...search, transaction: transaction.id })}
              className="focus-ring rounded-xs border border-transparent"
              dir="auto"
            >
              {describe(transaction)}
            </Link>
          }
          note={`${dateTime(transaction.createdAt)}${transaction.by ? ` · ${transaction.by}` : ""}`}
        />
      ),
    },
    {
      id: "kind",
      header: "Kind",
      width: "8rem",
      hideBelow: "md",
      cell: ({ kind }) => <Badge tone={kindTones[kind]}>{kindNames[kind]}</Badge>,
    },
    {
      id: "messages",
      header: "Messages",
      width: "7rem",
      align: "right",
      hideBelow: "lg",
      cell: ({ messages }) => (messages > 0 ? formatNumber(messages) : "–"),
    },
    {
      id: "change",
      header: "Change",
      width: "11rem",
      align: "right",
      cell: ({ kind, availableChange, availableAfter, amount }) => (
        <span className="flex flex-col items-end">
          <span className={cn("font-medium", availableChange > 0 && "text-success")}>
            {formatChange(availableChange, amount.currency)}
          </span>
          {kind === "charge" && (
            <span className="text-muted-foreground text-xs">{formatMoney(amount)} of what was held</span>
          )}
          {availableAfter !== undefined && (
            <span className="text-muted-foreground text-xs md:hidden">
              {formatMoney({ amount: availableAfter, currency: amount.currency })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: "balance",
      header: "Balance",
      width: "10rem",
      align: "right",
      hideBelow: "md",
      cell: ({ availableAfter, amount }) =>
        availableAfter === undefined ? (
          <span className="text-muted-foreground">unchanged</span>
        ) : (
          formatMoney({ amount: availableAfter, currency: amount.currency })
        ),
    },
  ];
}
