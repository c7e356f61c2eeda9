import { Button } from "@aerostic/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { parseMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { type FormEvent, useId, useState } from "react";

/** Ten-thousandths as one types them: 1000000 is "100". */
export function amountText(amount: number | undefined): string {
  return amount ? String(amount / 10_000) : "";
}

interface AmountDialogProps {
  title: string;
  description: string;
  label: string;
  /** An amount as an example of how to write one. */
  example: string;
  amount: number | undefined;
  /** Stores what was entered, undefined for no cap; the dialog stays while this fails. */
  onSave: (amount: number | undefined) => Promise<unknown>;
  saving: boolean;
  error: unknown;
  onClose: () => void;
}

/** Asks for the most that may be spent. */
export function AmountDialog({ amount: before, onSave, onClose, ...props }: AmountDialogProps) {
  const form = useId();
  const [text, setText] = useState(amountText(before));
  const amount = text.trim() === "" ? undefined : parseMoney(text);
  const wrong = text.trim() !== "" && amount === undefined;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!wrong && (await onSave(amount).catch(() => undefined))) onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent size="sm" title={props.title} description={props.description}>
        <form id={form} onSubmit={save} className="flex flex-col gap-4">
          <Field
            label={props.label}
            hint="Leave it empty for no cap"
            error={wrong ? `Enter an amount such as ${props.example}` : undefined}
          >
            <Input
              inputMode="decimal"
              prefix="₹"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <ProblemAlert error={props.error} />
        </form>
        <DialogFooter className="-mx-5 mt-5 -mb-5">
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          <Button type="submit" form={form} variant="primary" loading={props.saving}>
            Save
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
