import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatDay, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import type { Campaign } from "./api/campaigns";
import { type Plan, type Schedule, usePlan } from "./api/timing";
import { CapDialog } from "./cap-dialog";
import { planReasons, planText } from "./plan-text";

/** When a campaign is done, day by day, and what makes it take that long. */
export function PlanCard({ campaign, schedule }: { campaign: Campaign; schedule: Schedule | undefined }) {
  const { data, error, refetch } = usePlan(campaign.id, campaign.updatedAt, schedule);
  const format = useFormat();
  return (
    <Card>
      <CardHeader
        title="When it is done"
        description={data && !data.exact ? "Projected from 2,000 people" : undefined}
      />
      <CardBody className="flex flex-col gap-3" aria-live="polite">
        {error && !data ? (
          <ProblemAlert error={error} onRetry={() => refetch()} />
        ) : !schedule ? (
          <p className="text-muted-foreground text-sm">Choose when it starts.</p>
        ) : !data ? (
          <Skeleton className="h-20" />
        ) : (
          <>
            <p className="font-semibold text-lg tracking-title">{planText(data, format.dateTime)}</p>
            {(data.days?.length ?? 0) > 1 && <Days plan={data} />}
            <ul className="flex flex-col gap-1 text-muted-foreground text-sm">
              {planReasons(data).map((reason) => (
                <li key={reason}>{reason}.</li>
              ))}
            </ul>
            <Capped campaign={campaign} plan={data} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

/** More days than one wants to read are cut. */
const shown = 7;

function Days({ plan }: { plan: Plan }) {
  const format = useFormat();
  const days = plan.days ?? [];
  const most = Math.max(...days.map(({ people }) => people));
  return (
    <ol className="flex flex-col gap-1.5">
      {days.slice(0, shown).map((day) => (
        <li key={day.day} className="grid grid-cols-[5.5rem_1fr_auto] items-center gap-3 text-sm">
          <span>{formatDay(`${day.day}T00:00:00Z`, "UTC")}</span>
          <span aria-hidden className="h-1.5 rounded-full bg-muted">
            <span
              className="block h-full rounded-full bg-chart-1"
              style={{ width: `${Math.max(2, (100 * day.people) / most)}%` }}
            />
          </span>
          <span className="text-right tabular-nums">
            {formatNumber(day.people)}{" "}
            <span className="text-muted-foreground text-xs">
              {format.time(day.from)}–{format.time(day.to)}
            </span>
          </span>
        </li>
      ))}
      {days.length > shown && (
        <li className="text-muted-foreground text-xs">and {formatCount(days.length - shown, "more day")}</li>
      )}
    </ol>
  );
}

/** What the frequency cap will refuse, and the way past it for who may. */
function Capped({ campaign, plan }: { campaign: Campaign; plan: Plan }) {
  const [asking, setAsking] = useState(false);
  const mayOverride = useCan("campaign.override");
  if (plan.capped === undefined && !campaign.uncapped) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-3 text-sm">
      <p>
        {campaign.uncapped
          ? "The frequency cap does not hold for this campaign."
          : plan.capped === 0
            ? "The frequency cap refuses nobody as things stand."
            : `The frequency cap will refuse about ${formatCount(plan.capped ?? 0, "person", "people")}.`}
      </p>
      {mayOverride && (
        <Button size="sm" onClick={() => setAsking(true)}>
          {campaign.uncapped ? "Keep to the cap" : "Override the cap"}
        </Button>
      )}
      {asking && <CapDialog campaign={campaign} onClose={() => setAsking(false)} />}
    </div>
  );
}
