import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { EmptyState } from "@aerostic/ui/empty-state";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { Scale, X } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useCampaigns } from "./api/campaigns";
import { type Compared, useComparison } from "./api/results";
import { columnsFor } from "./report/results";
import { routeText } from "./route";
import { mayBe } from "./status";

const most = 6;

/** Campaigns side by side: rates and what a result cost. Which ones stands in the URL. */
export function CompareScreen({ ids }: { ids: string[] }) {
  const navigate = useNavigate();
  const { data, error, refetch } = useComparison(ids);
  const set = (id: string[]) => void navigate({ to: "/campaigns/compare", search: { id }, replace: true });
  return (
    <Page
      title="Compare campaigns"
      back={
        <Link to="/campaigns" aria-label="All campaigns">
          <BackIcon />
        </Link>
      }
    >
      <PageBody>
        {ids.length < most && <AddCampaign taken={ids} onAdd={(id) => set([...ids, id])} />}
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {ids.length > 0 && !data && !error && <Skeleton className="h-40" />}
        {ids.length === 0 && (
          <EmptyState icon={Scale} title="Nothing to compare yet">
            Choose two or more campaigns to see their rates and what each result cost.
          </EmptyState>
        )}
        {data && ids.length > 0 && (
          <Comparison compared={data.campaigns} onRemove={(id) => set(ids.filter((one) => one !== id))} />
        )}
      </PageBody>
    </Page>
  );
}

function AddCampaign({ taken, onAdd }: { taken: string[]; onAdd: (id: string) => void }) {
  const [q, setQ] = useState("");
  const { rows } = usePagedRows(
    useCampaigns({
      q: useDebouncedValue(q) || undefined,
      status: ["running", "paused", "completed", "cancelled"],
      limit: 50,
    }),
  );
  const options = rows
    .filter(({ id, status }) => mayBe.compared(status) && !taken.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Combobox
      aria-label="Add a campaign"
      placeholder="Add a campaign"
      search="Search campaigns"
      onSearch={setQ}
      className="w-72 max-sm:w-full"
      value={undefined}
      onValueChange={onAdd}
      options={options}
    />
  );
}

function Comparison({ compared, onRemove }: { compared: Compared[]; onRemove: (id: string) => void }) {
  const { currency } = useMe().tenant;
  const format = useFormat();
  const columns = columnsFor(compared.map(({ result }) => result));
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Side by side" description="Rates are of what WhatsApp accepted" divided />
      <CardBody className="p-0">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
        <section className="relative overflow-x-auto" aria-label="Campaigns compared" tabIndex={0}>
          <Table>
            <thead>
              <tr>
                <TH>Campaign</TH>
                {columns.map(({ id, label }) => (
                  <TH key={id} className="text-right">
                    {label}
                  </TH>
                ))}
                <TH>
                  <span className="sr-only">Remove</span>
                </TH>
              </tr>
            </thead>
            <tbody>
              {compared.map(({ campaign, result }) => (
                <TR key={campaign.id}>
                  <TD>
                    <Link
                      to="/campaigns/$id"
                      params={{ id: campaign.id }}
                      dir="auto"
                      className="block max-w-56 truncate rounded-xs font-medium outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
                    >
                      {campaign.name}
                    </Link>
                    <span className="text-muted-foreground text-xs">
                      {campaign.startedAt && format.dateTime(campaign.startedAt)}
                      {campaign.route !== "usual" && ` · ${routeText(campaign.route)}`}
                    </span>
                  </TD>
                  {columns.map(({ id, cell }) => (
                    <TD key={id} className="whitespace-nowrap text-right">
                      {cell(result, currency)}
                    </TD>
                  ))}
                  <TD>
                    <button
                      type="button"
                      aria-label={`Remove ${campaign.name}`}
                      onClick={() => onRemove(campaign.id)}
                      className="focus-ring rounded-md p-1 text-muted-foreground hover:text-foreground"
                    >
                      <X className="size-4" />
                    </button>
                  </TD>
                </TR>
              ))}
            </tbody>
          </Table>
        </section>
      </CardBody>
    </Card>
  );
}
