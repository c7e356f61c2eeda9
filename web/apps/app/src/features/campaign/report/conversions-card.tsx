import { Card, CardHeader } from "@aerostic/ui/card";
import { formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { useMe } from "@/features/auth/api/me";
import { type Result, useResults } from "@/features/goal/api/results";
import type { Campaign } from "../api/campaigns";
import { delivered } from "../counts";

/** What the campaign brought, by goal; nothing where nobody did anything yet. */
export function ConversionsCard({ campaign: { id, counts } }: { campaign: Campaign }) {
  const { data } = useResults(id);
  if (!data || data.results.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Conversions"
        description="What people did within a goal's window after this campaign was the last to touch them"
        divided
      />
      <ul className="divide-y">
        {data.results.map((result) => (
          <li key={result.goalId} className="px-4 py-3">
            <Row result={result} reached={delivered(counts)} spent={counts.charged} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Row({ result, reached, spent }: { result: Result; reached: number; spent: number }) {
  const { currency } = useMe().tenant;
  const facts = [
    { label: "People", value: formatNumber(result.people), note: formatPercent(result.people, reached) },
    { label: "Conversions", value: formatNumber(result.conversions) },
    { label: "Revenue", value: formatMoney({ amount: result.revenue, currency }) },
    {
      label: `Per ${formatMoney({ amount: 10_000, currency })} spent`,
      value:
        spent > 0 ? formatMoney({ amount: Math.round((result.revenue * 10_000) / spent), currency }) : "–",
    },
  ];
  return (
    <>
      <p dir="auto" className="mb-1.5 font-medium">
        {result.name}
      </p>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {facts.map(({ label, value, note }) => (
          <div key={label} className="min-w-0">
            <dt className="truncate text-muted-foreground text-xs">{label}</dt>
            <dd className="font-semibold">
              {value}
              {note && <span className="ml-1.5 font-normal text-muted-foreground text-xs">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
