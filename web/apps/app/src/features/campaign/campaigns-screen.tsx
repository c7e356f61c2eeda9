import { Button } from "@aerostic/ui/button";
import { DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Segmented } from "@aerostic/ui/segmented";
import { Link, useNavigate } from "@tanstack/react-router";
import { Megaphone, Plus, Search } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageToolbar } from "@/features/shell/page";
import { SearchBox } from "@/features/shell/search-box";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type CampaignStatus, useCampaigns } from "./api/campaigns";
import { campaignLink, useCampaignColumns } from "./campaign-columns";

const views = {
  all: undefined,
  live: ["running", "paused", "scheduled", "repeating", "awaiting_approval"],
  drafts: ["draft"],
  done: ["completed", "cancelled"],
} satisfies Record<string, CampaignStatus[] | undefined>;

export type CampaignView = keyof typeof views;

export interface CampaignsSearch {
  q?: string;
  view?: CampaignView;
}

/** All campaigns, newest first. */
export function CampaignsScreen({ search }: { search: CampaignsSearch }) {
  const { q, view = "all" } = search;
  const mayWrite = useCan("campaign.write");
  const navigate = useNavigate();
  const query = useCampaigns({ q, status: views[view] });
  useLive("campaigns", () => query.refetch());
  const setSearch = (change: CampaignsSearch) =>
    void navigate({ to: "/campaigns", search: { ...search, ...change }, replace: true });
  const create = mayWrite && (
    <Button asChild variant="primary">
      <Link to="/campaigns/new" aria-label="New campaign">
        <Plus /> <span className="max-sm:hidden">New campaign</span>
      </Link>
    </Button>
  );

  return (
    <Page
      title="Campaigns"
      actions={create}
      toolbar={
        <PageToolbar>
          <SearchBox
            label="Search campaigns"
            value={q ?? ""}
            onChange={(text) => setSearch({ q: text || undefined })}
          />
          <Segmented
            label="Which campaigns"
            value={view}
            onValueChange={(next) => setSearch({ view: next === "all" ? undefined : next })}
            options={[
              { value: "all", label: "All" },
              { value: "live", label: "Live" },
              { value: "drafts", label: "Drafts" },
              { value: "done", label: "Done" },
            ]}
          />
        </PageToolbar>
      }
    >
      <DataTable
        {...usePagedRows(query)}
        label="Campaigns"
        columns={useCampaignColumns()}
        rowId={({ id }) => id}
        onRowClick={(row) => void navigate(campaignLink(row))}
        empty={
          q || view !== "all" ? (
            <EmptyState
              icon={Search}
              title="No campaign fits"
              className="flex-1"
              action={
                <Button onClick={() => void navigate({ to: "/campaigns", search: {}, replace: true })}>
                  Show all
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={Megaphone}
              title="No campaigns yet"
              className="flex-1"
              action={
                mayWrite && (
                  <Button asChild variant="primary">
                    <Link to="/campaigns/new">
                      <Plus /> New campaign
                    </Link>
                  </Button>
                )
              }
            >
              A campaign sends one approved template to many people, each with their own values.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
