import { Badge } from "@aerostic/ui/badge";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatMoney, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Sheet, SheetContent } from "@aerostic/ui/sheet";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { useFormat } from "@/lib/format";
import { type TransactionDetails, useTransaction } from "./api/transaction";
import { Charges } from "./charges";
import { formatChange } from "./money";
import { accountNames, describe, kindNames, kindTones, sumOf } from "./transaction";

/** One transaction: what it did to each account, and the messages behind it. Open while there is an id. */
export function TransactionSheet({ id, onClose }: { id?: string; onClose: () => void }) {
  return (
    <Sheet open={id !== undefined} onOpenChange={(open) => !open && onClose()}>
      {id && <Content key={id} id={id} />}
    </Sheet>
  );
}

function Content({ id }: { id: string }) {
  const query = useTransaction(id);
  const details = query.data?.pages[0];
  return (
    <SheetContent
      title={details ? describe(details) : "Transaction"}
      description={details && <When details={details} />}
      className="sm:max-w-lg"
    >
      {query.error && !details && (
        <ProblemAlert error={query.error} onRetry={() => query.refetch()} className="m-5" />
      )}
      {!query.error && !details && (
        <div role="status" aria-label="Loading the transaction" className="flex flex-col gap-4 p-5">
          <Skeleton className="h-16" />
          <Skeleton className="h-32" />
        </div>
      )}
      {details && (
        <div className="flex flex-col gap-6 p-5">
          <Facts details={details} />
          <Entries details={details} />
          {details.messages > 0 && (
            <Charges
              details={details}
              charges={query.data?.pages.flatMap(({ charges }) => charges.items) ?? []}
              hasMore={query.hasNextPage}
              loadingMore={query.isFetchingNextPage}
              onLoadMore={() => query.fetchNextPage()}
            />
          )}
        </div>
      )}
    </SheetContent>
  );
}

function When({ details }: { details: TransactionDetails }) {
  return <>{useFormat().dateTime(details.createdAt)}</>;
}

function Facts({ details }: { details: TransactionDetails }) {
  const { currency } = details.amount;
  return (
    <DescriptionList>
      <DescriptionItem label="Kind">
        <Badge tone={kindTones[details.kind]}>{kindNames[details.kind]}</Badge>
      </DescriptionItem>
      <DescriptionItem label="Amount">{formatMoney(details.amount)}</DescriptionItem>
      <DescriptionItem label="Available balance">
        {formatChange(details.availableChange, currency)}
        {details.availableAfter !== undefined &&
          `, then ${formatMoney({ amount: details.availableAfter, currency })}`}
      </DescriptionItem>
      {details.number !== undefined && (
        <DescriptionItem label="Number">{formatNumber(details.number)}</DescriptionItem>
      )}
      {details.messages > 0 && (
        <DescriptionItem label="Messages">{formatNumber(details.messages)}</DescriptionItem>
      )}
      {details.by && <DescriptionItem label="By">{details.by}</DescriptionItem>}
      <DescriptionItem label="Id">
        <span className="font-mono text-xs">{details.id}</span>
      </DescriptionItem>
    </DescriptionList>
  );
}

function Entries({ details }: { details: TransactionDetails }) {
  const { currency } = details.amount;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-muted-foreground text-xs">Entries</h3>
      <div className="overflow-hidden rounded-lg border">
        <Table aria-label="Entries">
          <thead>
            <tr>
              <TH>Account</TH>
              <TH className="text-right">Amount</TH>
            </tr>
          </thead>
          <tbody>
            {details.entries.map(({ account, amount }) => (
              <tr key={account}>
                <TD className="h-11">
                  <span className="block leading-4">{accountNames[account].name}</span>
                  <span className="text-muted-foreground text-xs">{accountNames[account].note}</span>
                </TD>
                <TD className="h-11 text-right">{formatChange(amount, currency)}</TD>
              </tr>
            ))}
            <TR className="bg-muted/60 font-medium">
              <TD className="h-9">Sum</TD>
              <TD className="h-9 text-right">{formatChange(sumOf(details.entries), currency)}</TD>
            </TR>
          </tbody>
        </Table>
      </div>
    </section>
  );
}
