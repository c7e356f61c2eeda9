import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Funnel } from "@aerostic/ui/funnel";
import { useNavigate } from "@tanstack/react-router";
import type { Campaign } from "../api/campaigns";
import { funnel } from "../counts";

/** How far people got; each stage opens its people. */
export function FunnelCard({ campaign: { id, counts } }: { campaign: Campaign }) {
  const navigate = useNavigate();
  return (
    <Card>
      <CardHeader
        title="How far people got"
        description="Each line includes those who got further; people who hide that they read may reply too"
      />
      <CardBody>
        <Funnel
          stages={funnel(counts).map(({ group, label, value }) => ({
            label,
            value,
            onClick: () =>
              void navigate({ to: "/campaigns/$id/people", params: { id }, search: { outcome: group } }),
          }))}
        />
      </CardBody>
    </Card>
  );
}
