import { Button } from "@aerostic/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { type FormEvent, useState } from "react";
import type { Campaign } from "../api/campaigns";
import { useEditCampaign } from "../api/edit";

/** Ten-thousandths as one types them: 1000000 is "100". */
export function amountText(amount: number | undefined): string {
  return amount ? String(amount / 10_000) : "";
}

/** Changes the cap, also of a campaign on its way. */
export function BudgetDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const [text, setText] = useState(amountText(campaign.budgetCap));
  const edit = useEditCampaign();
  const amount = text.trim() === "" ? 0 : parseMoney(text);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (amount === undefined) return;
    const body = { budgetCap: amount };
    const saved = await edit
      .mutateAsync({ params: { path: { id: campaign.id } }, body })
      .catch(() => undefined);
    if (!saved) return;
    toast.success(amount > 0 ? "Budget changed" : "Budget removed");
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="sm"
        title="Budget"
        description="Sending pauses before the campaign would cost more than this."
      >
        <form id="budget" onSubmit={save} className="flex flex-col gap-4">
          <Field
            label="At most"
            hint="Leave it empty for no cap"
            error={amount === undefined ? "Enter an amount such as 2,500.00" : undefined}
          >
            <Input
              inputMode="decimal"
              prefix="₹"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <ProblemAlert error={edit.error} />
        </form>
        <DialogFooter className="-mx-5 mt-5 -mb-5">
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          <Button type="submit" form="budget" variant="primary" loading={edit.isPending}>
            Save
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
