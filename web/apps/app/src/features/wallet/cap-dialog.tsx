import { toast } from "@aerostic/ui/toast";
import { AmountDialog } from "./amount-dialog";
import type { Wallet } from "./api/balance";
import { useSetCap } from "./api/cap";

/** Changes what a calendar month may take from the wallet. */
export function CapDialog({ month, onClose }: { month: Wallet["month"]; onClose: () => void }) {
  const set = useSetCap();
  const save = async (cap: number | undefined) => {
    const saved = await set.mutateAsync({ body: { cap } });
    toast.success(cap === undefined ? "Cap removed" : "Cap changed");
    return saved;
  };
  return (
    <AmountDialog
      title="Monthly cap"
      description="Campaigns pause before a calendar month would take more than this. What costs nothing still goes."
      label="At most in a month"
      example="50,000.00"
      amount={month.cap?.amount}
      onSave={save}
      saving={set.isPending}
      error={set.error}
      onClose={onClose}
    />
  );
}
