import { Button } from "@aerostic/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { type FormEvent, useState } from "react";
import { amountText } from "@/features/campaign/report/budget-dialog";
import type { Wallet } from "./api/balance";
import { useSetCap } from "./api/cap";

/** Changes what a calendar month may take from the wallet. */
export function CapDialog({ month, onClose }: { month: Wallet["month"]; onClose: () => void }) {
  const [text, setText] = useState(amountText(month.cap?.amount));
  const set = useSetCap();
  const cap = text.trim() === "" ? undefined : parseMoney(text);
  const wrong = text.trim() !== "" && cap === undefined;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    const saved = await set.mutateAsync({ body: { cap } }).catch(() => undefined);
    if (!saved) return;
    toast.success(cap === undefined ? "Cap removed" : "Cap changed");
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="sm"
        title="Monthly cap"
        description="Campaigns pause before a calendar month would take more than this. What costs nothing still goes."
      >
        <form id="cap" onSubmit={save} className="flex flex-col gap-4">
          <Field
            label="At most in a month"
            hint="Leave it empty for no cap"
            error={wrong ? "Enter an amount such as 50,000.00" : undefined}
          >
            <Input
              inputMode="decimal"
              prefix="₹"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <ProblemAlert error={set.error} />
        </form>
        <DialogFooter className="-mx-5 mt-5 -mb-5">
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          <Button type="submit" form="cap" variant="primary" loading={set.isPending}>
            Save
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
