import { AlertDialog as Radix } from "radix-ui";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { cn } from "../lib/cn";
import { Button } from "./button";
import { dialogClasses, overlayClasses } from "./dialog";
import { Field } from "./field";
import { useFocusReturn } from "./focus-return";
import { Input } from "./input";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question: "Send to 12,840 people?" */
  title: ReactNode;
  /** What will happen, what it costs, whether it can be undone. */
  description: ReactNode;
  /** The verb on the button. */
  confirm: ReactNode;
  destructive?: boolean;
  /** A word to type first, for what cannot be taken back. */
  typed?: string;
  /** Awaited; the dialog closes when it succeeds and stays when it throws. */
  onConfirm: () => unknown;
  /** Shown above the buttons: usually a ProblemAlert of the failed attempt. */
  children?: ReactNode;
}

/** Asks before something that sends, spends or deletes. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { origin, onCloseAutoFocus } = useFocusReturn();
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClasses} />
        <Radix.Content
          className={cn(dialogClasses, "max-w-md")}
          onOpenAutoFocus={props.typed ? focusInput : undefined}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          {origin}
          <ConfirmForm {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

// Focus goes to Cancel by default, the safe one; with a word to type, that comes first.
function focusInput(event: Event) {
  event.preventDefault();
  (event.currentTarget as Element).querySelector("input")?.focus();
}

function ConfirmForm({
  title,
  description,
  confirm,
  destructive,
  typed,
  onConfirm,
  onOpenChange,
  children,
}: ConfirmDialogProps) {
  const formId = useId();
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch {
      // The caller shows the reason in children or a toast; the dialog stays for another try.
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <form id={formId} onSubmit={submit} className="scroll-pane flex flex-col gap-4 p-5">
        <div>
          <Radix.Title className="font-semibold text-base tracking-title">{title}</Radix.Title>
          <Radix.Description className="mt-1 text-muted-foreground text-sm">{description}</Radix.Description>
        </div>
        {typed && (
          <Field label={`Type ${typed} to confirm`}>
            <Input value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
          </Field>
        )}
        {children}
      </form>
      <footer className="flex justify-end gap-2 border-t bg-muted/60 px-5 py-3">
        <Radix.Cancel asChild>
          <Button disabled={busy}>Cancel</Button>
        </Radix.Cancel>
        <Button
          type="submit"
          form={formId}
          variant={destructive ? "destructive" : "primary"}
          loading={busy}
          disabled={typed !== undefined && word !== typed}
        >
          {confirm}
        </Button>
      </footer>
    </>
  );
}
