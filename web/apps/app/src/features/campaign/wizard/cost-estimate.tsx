import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { formatCount, formatDuration, formatMoney, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { type Estimate, useEstimate } from "../api/estimate";

/** What the campaign can cost at most, what is left after, and how long it takes. */
export function CostEstimate({ campaign, budgetCap }: { campaign: Campaign; budgetCap: number | undefined }) {
  const { data, error, refetch } = useEstimate(campaign.id, campaign.updatedAt);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Cost and time"
        description="The most it can cost: only what is delivered is charged"
      />
      {error && !data ? (
        <ProblemAlert error={error} onRetry={() => refetch()} className="m-4 mt-0" />
      ) : !data ? (
        <CardBody className="flex flex-col gap-3">
          <Skeleton className="h-8 w-40" />
          <Skeleton className="h-24" />
        </CardBody>
      ) : (
        <Estimated estimate={data} budgetCap={budgetCap} />
      )}
    </Card>
  );
}

function Estimated({ estimate, budgetCap }: { estimate: Estimate; budgetCap: number | undefined }) {
  const money = (amount: number) => formatMoney({ amount, currency: estimate.currency });
  const after = estimate.available - estimate.total;
  return (
    <>
      <CardBody className="flex flex-col gap-4">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
          <Figure
            label={estimate.exact ? "Total" : "Total, projected from 2,000 people"}
            value={money(estimate.total)}
            wide
          />
          <Figure label="WhatsApp's price" value={money(estimate.base)} quiet />
          <Figure label="Platform's markup" value={money(estimate.markup)} quiet />
          <Figure label="In the wallet" value={money(estimate.available)} quiet />
          <Figure label="Left afterwards" value={money(after)} quiet warn={after < 0} />
          <Figure label="Takes" value={<Takes estimate={estimate} />} quiet wide />
        </dl>
        <Warnings estimate={estimate} budgetCap={budgetCap} />
      </CardBody>
      {estimate.markets.length > 0 && <Markets estimate={estimate} money={money} />}
    </>
  );
}

interface FigureProps {
  label: string;
  value: React.ReactNode;
  quiet?: boolean;
  warn?: boolean;
  /** A whole line on phones. */
  wide?: boolean;
}

function Figure({ label, value, quiet, warn, wide }: FigureProps) {
  return (
    <div className={cn("min-w-0", wide && "max-sm:col-span-2")}>
      <dt className="truncate text-muted-foreground text-xs">{label}</dt>
      <dd
        className={`truncate tracking-title ${quiet ? "font-medium text-md" : "font-semibold text-xl"} ${warn ? "text-destructive" : ""}`}
      >
        {value}
      </dd>
    </div>
  );
}

function Takes({ estimate }: { estimate: Estimate }) {
  const format = useFormat();
  if (estimate.perSecond <= 0) return <>Not known</>;
  const end = format.time(Date.now() + estimate.seconds * 1000);
  return (
    <>
      {formatDuration(Math.max(1, estimate.seconds))}{" "}
      <span className="font-normal text-muted-foreground text-xs">
        {estimate.seconds < 43_200 && `done about ${end} if started now`}
      </span>
    </>
  );
}

function Warnings({ estimate, budgetCap }: { estimate: Estimate; budgetCap: number | undefined }) {
  const { audience, reachable, available, total, dailyLimit } = estimate;
  const each = reachable > 0 ? total / reachable : 0;
  const covered = (amount: number) => formatCount(Math.max(0, Math.floor(amount / each)), "person", "people");
  return (
    <>
      {reachable === 0 && (
        <Alert tone="warning" title="Nobody can get it">
          The audience is empty, or everybody in it opted out or is suppressed.
        </Alert>
      )}
      {audience > reachable && reachable > 0 && (
        <Alert tone="info" title={`${formatCount(audience - reachable, "person", "people")} will not get it`}>
          They opted out, are suppressed, or live where there is no price. They cost nothing, and the report
          names each of them.
        </Alert>
      )}
      {each > 0 && available < total && (
        <Alert
          tone="warning"
          title={`The wallet covers about ${covered(available)}`}
          action={
            <Button asChild size="sm">
              <Link to="/wallet">Wallet</Link>
            </Button>
          }
        >
          Sending pauses by itself when the balance is used up, and goes on after a top-up.
        </Alert>
      )}
      {each > 0 && budgetCap !== undefined && budgetCap < total && (
        <Alert tone="warning" title={`The budget covers about ${covered(budgetCap)}`}>
          Sending pauses before it would cost more.
        </Alert>
      )}
      {dailyLimit !== undefined && reachable > dailyLimit && (
        <Alert
          tone="warning"
          title={`The number may write to ${formatNumber(dailyLimit)} people in 24 hours`}
        >
          The rest waits for the next day by itself: about{" "}
          {formatCount(Math.ceil(reachable / dailyLimit), "day")} in all. Meta raises the limit for numbers of
          good quality.
        </Alert>
      )}
    </>
  );
}

function Markets({ estimate, money }: { estimate: Estimate; money: (amount: number) => string }) {
  return (
    <div className="scroll-pane border-t">
      <Table aria-label="Cost by market">
        <thead>
          <tr>
            <TH>Market</TH>
            <TH className="text-right">People</TH>
            <TH className="text-right">Each</TH>
            <TH className="text-right">Together</TH>
          </tr>
        </thead>
        <tbody>
          {[...estimate.markets]
            .sort((a, b) => b.total - a.total)
            .map(({ market, contacts, price, total }) => (
              <TR key={market}>
                <TD className="h-10 font-medium">{market}</TD>
                <TD className="h-10 text-right">{formatNumber(contacts)}</TD>
                <TD className="h-10 text-right">{money(price)}</TD>
                <TD className="h-10 text-right">{money(total)}</TD>
              </TR>
            ))}
        </tbody>
      </Table>
    </div>
  );
}
