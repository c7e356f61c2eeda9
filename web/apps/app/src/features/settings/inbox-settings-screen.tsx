import { Segmented } from "@aerostic/ui/segmented";
import { Select } from "@aerostic/ui/select";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useCan } from "@/features/auth/api/me";
import { BehaviourCard } from "@/features/conversation/settings/behaviour-card";
import { LabelsCard } from "@/features/conversation/settings/labels-card";
import { ReasonsCard } from "@/features/conversation/settings/reasons-card";
import { RatingsCard } from "@/features/csat/ratings-card";
import { MembersCard } from "@/features/desk/members-card";
import { RulesCard } from "@/features/desk/rules-card";
import { TeamsCard } from "@/features/desk/teams-card";
import { CalendarsCard } from "@/features/hours/calendars-card";
import { CannedCard } from "@/features/reply/canned-card";
import { MacrosCard } from "@/features/reply/macros-card";
import { BackIcon, Page, PageBody, PageToolbar } from "@/features/shell/page";
import { PoliciesCard } from "@/features/sla/policies-card";
import type { InboxSettingsView } from "./inbox-views";

const views: Record<InboxSettingsView, { label: string; cards: ComponentType[] }> = {
  teams: { label: "Teams", cards: [TeamsCard, MembersCard] },
  assignment: { label: "Assignment", cards: [RulesCard] },
  hours: { label: "Business hours", cards: [CalendarsCard] },
  sla: { label: "SLA", cards: [PoliciesCard] },
  ratings: { label: "Ratings", cards: [RatingsCard] },
  replies: { label: "Canned replies", cards: [CannedCard] },
  macros: { label: "Macros", cards: [MacrosCard] },
  labels: { label: "Labels", cards: [LabelsCard, ReasonsCard] },
  behaviour: { label: "Behaviour", cards: [BehaviourCard] },
};

/** All that is set for the inbox. Who does not manage it has canned replies of their own. */
export function InboxSettingsScreen({ view: asked }: { view: InboxSettingsView }) {
  const navigate = useNavigate();
  const canManage = useCan("inbox.manage");
  const view = canManage ? asked : "replies";
  const open = (next: InboxSettingsView) =>
    void navigate({ to: "/settings/inbox", search: { view: next }, replace: true });
  const options = (Object.keys(views) as InboxSettingsView[]).map((value) => ({
    value,
    label: views[value].label,
  }));
  return (
    <Page
      title={canManage ? "Inbox settings" : "Canned replies"}
      back={
        <Link to={canManage ? "/settings" : "/inbox"} aria-label={canManage ? "All settings" : "Inbox"}>
          <BackIcon />
        </Link>
      }
      toolbar={
        canManage && (
          <PageToolbar>
            <div className="overflow-x-auto max-lg:hidden">
              <Segmented<InboxSettingsView>
                label="What to set"
                value={view}
                onValueChange={open}
                options={options}
              />
            </div>
            <div className="flex-1 lg:hidden">
              <Select
                aria-label="What to set"
                value={view}
                onValueChange={(next) => open(next as InboxSettingsView)}
                options={options}
              />
            </div>
          </PageToolbar>
        )
      }
    >
      <PageBody width="form">
        {views[view].cards.map((Card) => (
          <Card key={Card.name} />
        ))}
      </PageBody>
    </Page>
  );
}
