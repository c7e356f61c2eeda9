import { Card, CardBody } from "@aerostic/ui/card";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import type { Campaign } from "../api/campaigns";
import { useEstimate } from "../api/estimate";
import { AudienceFields } from "./audience-fields";
import { type DraftContent, hasAudience } from "./steps";

interface AudienceStepProps {
  campaign: Campaign;
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  settled: boolean;
  tried: boolean;
}

/** Everyone, or those with some tags or on some lists; without others; and how many that are. */
export function AudienceStep({ campaign, content, change, settled, tried }: AudienceStepProps) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <AudienceFields
        audience={content.audience}
        onChange={(audience) => change({ audience })}
        tried={tried}
      />
      <Count campaign={campaign} settled={settled} empty={!hasAudience(content.audience)} />
    </div>
  );
}

/** How many people that are, counted by the server after each change. */
function Count({ campaign, settled, empty }: { campaign: Campaign; settled: boolean; empty: boolean }) {
  const { data, error, isFetching, refetch } = useEstimate(campaign.id, campaign.updatedAt);
  const counting = !settled || isFetching;
  return (
    <Card className="lg:sticky lg:top-5">
      <CardBody aria-live="polite" aria-busy={counting}>
        <p className="text-muted-foreground text-xs">People in the audience</p>
        {error && !data ? (
          <ProblemAlert error={error} onRetry={() => refetch()} className="mt-2" />
        ) : data ? (
          <>
            <p
              className={`font-semibold text-2xl tracking-title transition-opacity ${counting ? "opacity-50" : ""}`}
            >
              {formatNumber(empty ? 0 : data.audience)}
            </p>
            {!empty && data.audience > 0 && (
              <p className="mt-1 text-muted-foreground text-xs">
                {data.reachable >= data.audience
                  ? "All of them may get it"
                  : `${data.exact ? "" : "About "}${formatCount(data.reachable, "person", "people")} may get it. The others opted out, are suppressed, or have no price.`}
              </p>
            )}
            {!empty && data.audience === 0 && (
              <p className="mt-1 text-warning text-xs">Nobody is in this audience.</p>
            )}
          </>
        ) : (
          <Skeleton className="my-2 h-6 w-24" />
        )}
      </CardBody>
    </Card>
  );
}
