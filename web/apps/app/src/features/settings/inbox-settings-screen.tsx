import { Segmented } from "@aerostic/ui/segmented";
import { Link, useNavigate } from "@tanstack/react-router";
import { RatingsCard } from "@/features/csat/ratings-card";
import { CalendarsCard } from "@/features/hours/calendars-card";
import { BackIcon, Page, PageBody, PageToolbar } from "@/features/shell/page";
import { PoliciesCard } from "@/features/sla/policies-card";

export type InboxSettingsView = "hours" | "sla" | "ratings";

/** The inbox's rules: when people are there, what is promised, and how it is rated. */
export function InboxSettingsScreen({ view }: { view: InboxSettingsView }) {
  const navigate = useNavigate();
  return (
    <Page
      title="Inbox settings"
      back={
        <Link to="/settings" aria-label="All settings">
          <BackIcon />
        </Link>
      }
      toolbar={
        <PageToolbar>
          <Segmented<InboxSettingsView>
            label="What to set"
            value={view}
            onValueChange={(next) =>
              void navigate({
                to: "/settings/inbox",
                search: { view: next === "hours" ? undefined : next },
                replace: true,
              })
            }
            options={[
              { value: "hours", label: "Business hours" },
              { value: "sla", label: "SLA" },
              { value: "ratings", label: "Ratings" },
            ]}
          />
        </PageToolbar>
      }
    >
      <PageBody width="form">
        {view === "hours" && <CalendarsCard />}
        {view === "sla" && <PoliciesCard />}
        {view === "ratings" && <RatingsCard />}
      </PageBody>
    </Page>
  );
}
