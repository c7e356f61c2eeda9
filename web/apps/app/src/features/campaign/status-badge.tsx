import { Badge } from "@aerostic/ui/badge";
import type { CampaignStatus } from "./api/campaigns";
import { statusLooks } from "./status";

export function CampaignStatusBadge({ status }: { status: CampaignStatus }) {
  const { label, tone } = statusLooks[status];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
