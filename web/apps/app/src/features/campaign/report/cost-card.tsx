import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatMoney } from "@aerostic/ui/lib/format";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import type { Campaign } from "../api/campaigns";
import { delivered } from "../counts";
import { BudgetDialog } from "./budget-dialog";

/** What it has cost, what is still reserved, and the cap. */
export function CostCard({ campaign }: { campaign: Campaign }) {
  const [editing, setEditing] = useState(false);
  const mayEdit =
    useCan("campaign.write") && campaign.status !== "completed" && campaign.status !== "cancelled";
  const { currency } = useMe().tenant;
  const { counts, budgetCap } = campaign;
  const money = (amount: number) => formatMoney({ amount, currency });
  const reached = delivered(counts);
  return (
    <Card>
      <CardHeader
        title="Cost"
        description="Only what was delivered is charged"
        action={
          mayEdit && (
            <Button size="sm" onClick={() => setEditing(true)}>
              {budgetCap ? "Change budget" : "Set a budget"}
            </Button>
          )
        }
      />
      <CardBody>
        <DescriptionList>
          <DescriptionItem label="Charged">
            <span className="font-semibold">{money(counts.charged)}</span>
          </DescriptionItem>
          <DescriptionItem label="Held">
            {money(counts.committed - counts.charged)}
            <span className="ml-1.5 text-muted-foreground text-xs">for messages on their way</span>
          </DescriptionItem>
          <DescriptionItem label="Per delivered">
            {reached > 0 ? money(Math.round(counts.charged / reached)) : undefined}
          </DescriptionItem>
          <DescriptionItem label="Budget">{budgetCap ? money(budgetCap) : "No cap"}</DescriptionItem>
        </DescriptionList>
      </CardBody>
      {editing && <BudgetDialog campaign={campaign} onClose={() => setEditing(false)} />}
    </Card>
  );
}
