import { toast } from "@aerostic/ui/toast";
import { AmountDialog } from "@/features/wallet/amount-dialog";
import type { Campaign } from "../api/campaigns";
import { useEditCampaign } from "../api/edit";

/** Changes the cap, also of a campaign on its way. */
export function BudgetDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const edit = useEditCampaign();
  const save = async (amount = 0) => {
    const saved = await edit.mutateAsync({
      params: { path: { id: campaign.id } },
      body: { budgetCap: amount },
    });
    toast.success(amount > 0 ? "Budget changed" : "Budget removed");
    return saved;
  };
  return (
    <AmountDialog
      title="Budget"
      description="Sending pauses before the campaign would cost more than this."
      label="At most"
      example="2,500.00"
      amount={campaign.budgetCap}
      onSave={save}
      saving={edit.isPending}
      error={edit.error}
      onClose={onClose}
    />
  );
}
