import { Button } from "@aerostic/ui/button";
import { formatMoney } from "@aerostic/ui/lib/format";
import { Table, TD, TH } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import type { Charge, TransactionDetails } from "./api/transaction";
import { formatChange } from "./money";
import { chargeNames } from "./transaction";

interface ChargesProps {
  details: TransactionDetails;
  charges: Charge[];
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
}

/** The messages behind a transaction, WhatsApp's price and the markup apart. */
export function Charges({ details, charges, hasMore, loadingMore, onLoadMore }: ChargesProps) {
  const { currency } = details.amount;
  const money = (amount: number) => formatMoney({ amount, currency });
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-muted-foreground text-xs">
        {details.kind === "hold" ? "Messages it has been closed for" : "Messages"}
      </h3>
      {charges.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          None yet. A message appears here when it was delivered, or when it came to nothing.
        </p>
      ) : (
        <div className="overflow-hidden rounded-lg border">
          <Table aria-label="Messages">
            <thead>
              <tr>
                <TH>Message</TH>
                <TH className="text-right">WhatsApp</TH>
                <TH className="text-right">Markup</TH>
              </tr>
            </thead>
            <tbody>
              {charges.map((charge) => (
                <tr key={`${charge.messageId} ${charge.number}`}>
                  <TD className="h-11">
                    <span className="block leading-4">
                      {chargeNames[charge.kind]}
                      {charge.category && ` · ${charge.category}`}
                      {charge.market && ` · ${charge.market}`}
                    </span>
                    <MessageId charge={charge} />
                  </TD>
                  <TD className="h-11 text-right">
                    {charge.kind === "message_adjusted"
                      ? formatChange(charge.base, currency)
                      : money(charge.base)}
                  </TD>
                  <TD className="h-11 text-right">
                    {charge.kind === "message_adjusted"
                      ? formatChange(charge.markup, currency)
                      : money(charge.markup)}
                  </TD>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {hasMore && (
        <Button variant="ghost" size="sm" loading={loadingMore} onClick={onLoadMore}>
          Load more
        </Button>
      )}
    </section>
  );
}

function MessageId({ charge }: { charge: Charge }) {
  return (
    <Link
      to="/messages/$id"
      params={{ id: charge.messageId }}
      className="focus-ring rounded-xs border border-transparent hover:underline"
      aria-label="Explain the message"
    >
      <span className="font-mono text-2xs text-muted-foreground underline underline-offset-2">
        {charge.messageId}
      </span>
    </Link>
  );
}
