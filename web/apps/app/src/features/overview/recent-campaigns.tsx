import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Link, useNavigate } from "@tanstack/react-router";
import { Megaphone } from "lucide-react";
import { useCampaigns } from "@/features/campaign/api/campaigns";
import { campaignLink, useCampaignColumns } from "@/features/campaign/campaign-columns";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";

/** The five newest campaigns. */
export function RecentCampaigns() {
  const navigate = useNavigate();
  const query = useCampaigns({ limit: 5 });
  useLive("campaigns", () => query.refetch());
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Recent campaigns"
        action={
          <Button asChild variant="ghost" size="sm">
            <Link to="/campaigns">View all</Link>
          </Button>
        }
      />
      <DataTable
        {...usePagedRows(query)}
        hasMore={false}
        label="Recent campaigns"
        columns={useCampaignColumns({ brief: true })}
        rowId={({ id }) => id}
        onRowClick={(row) => void navigate(campaignLink(row))}
        empty={
          <EmptyState icon={Megaphone} title="No campaigns yet" className="py-12">
            A campaign sends one approved template to many people.
          </EmptyState>
        }
      />
    </Card>
  );
}
