import { Button } from "@aerostic/ui/button";
import { Segmented } from "@aerostic/ui/segmented";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageBody } from "@/features/shell/page";
import { AttentionCard } from "./attention-card";
import { FirstSteps } from "./first-steps";
import { RecentCampaigns } from "./recent-campaigns";
import { Trends } from "./trends";

export type Period = 7 | 30 | 90;

/** How it goes, what is under way, and what needs somebody. */
export function OverviewScreen({ days = 30 }: { days?: Period }) {
  const navigate = useNavigate();
  const mayWrite = useCan("campaign.write");
  const maySeeCampaigns = useCan("campaign.read");
  return (
    <Page
      title="Overview"
      actions={
        <>
          <Segmented
            label="Period"
            value={String(days)}
            onValueChange={(next) =>
              void navigate({
                to: "/overview",
                search: next === "30" ? {} : { days: Number(next) as Period },
                replace: true,
              })
            }
            options={[
              { value: "7", label: <Days count={7} /> },
              { value: "30", label: <Days count={30} /> },
              { value: "90", label: <Days count={90} /> },
            ]}
          />
          {mayWrite && (
            <Button asChild variant="primary">
              <Link to="/campaigns/new" aria-label="New campaign">
                <Plus /> <span className="max-sm:hidden">New campaign</span>
              </Link>
            </Button>
          )}
        </>
      }
    >
      <PageBody>
        <FirstSteps />
        <Trends days={days} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          {maySeeCampaigns && <RecentCampaigns />}
          <AttentionCard />
        </div>
      </PageBody>
    </Page>
  );
}

function Days({ count }: { count: number }) {
  return (
    <>
      {count}
      <span className="max-sm:hidden"> days</span>
      <span className="sm:hidden"> d</span>
    </>
  );
}
