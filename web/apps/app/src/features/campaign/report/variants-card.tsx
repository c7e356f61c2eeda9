import { Alert } from "@aerostic/ui/alert";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { useCan, useMe } from "@/features/auth/api/me";
import { useTemplate } from "@/features/template/api/template";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { useChooseWinner, useVariants, type VariantReport } from "../api/results";
import { metrics, variantName, waitsForWinner } from "../experiment";
import { columnsFor, type ResultColumn } from "./results";

/** The versions side by side, whether they differ, and the winner. */
export function VariantsCard({ campaign }: { campaign: Campaign }) {
  const { data, error, refetch } = useVariants(campaign);
  if (!campaign.experiment) return null;
  const columns = columnsFor(data?.variants.map(({ result }) => result) ?? []);
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Versions" description="People were assigned at random" divided />
      <WinnerNote campaign={campaign} />
      {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" />}
      {!data && !error && <Skeleton className="m-4 h-24" />}
      {data && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
          <section className="relative overflow-x-auto" aria-label="Versions compared" tabIndex={0}>
            <Table>
              <thead>
                <tr>
                  <TH>Version</TH>
                  <TH className="text-right">People</TH>
                  {columns.map(({ id, label }) => (
                    <TH key={id} className="text-right">
                      {label}
                    </TH>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.variants.map((row) => (
                  <Row key={row.variant} row={row} campaign={campaign} columns={columns} />
                ))}
              </tbody>
            </Table>
          </section>
          <ul className="flex flex-col gap-1 border-t px-4 py-3 text-sm">
            {data.verdicts.map(({ metric, words, certain }) => (
              <li key={metric} className="flex gap-2">
                <Badge tone={certain ? "success" : "neutral"}>{metrics[metric].label}</Badge>
                <span className="min-w-0">{words}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

interface RowProps {
  row: VariantReport;
  campaign: Campaign;
  columns: ResultColumn[];
}

function Row({ row, campaign, columns }: RowProps) {
  const { currency } = useMe().tenant;
  const { data: template } = useTemplate(row.templateId);
  const won = campaign.winner === row.variant;
  return (
    <TR>
      <TD>
        <span className="flex items-center gap-2">
          <span className="font-medium">{row.name}</span>
          <Link
            to="/campaigns/$id/people"
            params={{ id: campaign.id }}
            search={{ variant: row.variant }}
            className="max-w-40 truncate rounded-xs text-muted-foreground text-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            {template?.name ?? "People"}
          </Link>
          {won && <Badge tone="success">Winner</Badge>}
        </span>
      </TD>
      <TD className="text-right">{formatNumber(row.counts.total)}</TD>
      {columns.map(({ id, cell }) => (
        <TD key={id} className="whitespace-nowrap text-right">
          {cell(row.result, currency)}
        </TD>
      ))}
    </TR>
  );
}

/** While the rest waits: until when, and a choice before. */
function WinnerNote({ campaign }: { campaign: Campaign }) {
  const format = useFormat();
  const choose = useChooseWinner();
  const maySend = useCan("campaign.send");
  const { id, experiment, decideAt, counts } = campaign;
  if (!waitsForWinner(campaign) || !experiment?.winner) return null;
  const others = experiment.others.length + 1;
  const pick = async (variant: number) => {
    const done = await choose
      .mutateAsync({ params: { path: { id } }, body: { variant } })
      .catch(() => undefined);
    if (done) toast.success(`The rest gets version ${variantName(variant)}`);
  };
  return (
    <div className="border-b p-4">
      <Alert
        tone="info"
        title={`${formatCount(counts.resting, "person waits", "people wait")} for the winner`}
        action={
          maySend && (
            <span className="flex flex-wrap gap-2">
              {Array.from({ length: others }, (_, i) => i + 1).map((variant) => (
                <Button key={variant} size="sm" loading={choose.isPending} onClick={() => void pick(variant)}>
                  Send {variantName(variant)} now
                </Button>
              ))}
            </span>
          )
        }
      >
        {decideAt
          ? `It is chosen on ${format.dateTime(decideAt)} by ${metrics[experiment.winner.metric].label.toLowerCase()}.`
          : "The time begins when everybody in the test has got their message."}
      </Alert>
      <ProblemAlert error={choose.error} className="mt-3" />
    </div>
  );
}
