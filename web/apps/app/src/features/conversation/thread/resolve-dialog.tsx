import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Select } from "@aerostic/ui/select";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { fromWallClock, toWallClock } from "@/lib/zoned-time";
import type { Named } from "../model";
import type { StatusChange } from "./status-menu";

const none = "none";

/** Why it is closed, for reports and for who comes next. */
export function ResolveDialog({
  reasons,
  required,
  onClose,
  onChange,
}: {
  reasons: Named[];
  required: boolean;
  onClose: () => void;
  onChange: (change: StatusChange) => void;
}) {
  const [reason, setReason] = useState(none);
  const [note, setNote] = useState("");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Resolve" size="sm">
        <form
          className="-mx-5 -mb-5 flex flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            const reasonId = reason === none ? undefined : reason;
            onChange({ status: "resolved", reasonId, note: note.trim() || undefined });
            onClose();
          }}
        >
          <div className="flex flex-col gap-4 px-5 pb-5">
            {reasons.length > 0 && (
              <Field label="Reason" optional={!required}>
                <Select
                  options={[
                    ...(required ? [] : [{ value: none, label: "No reason" }]),
                    ...reasons.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  value={reason === none && required ? undefined : reason}
                  placeholder="Choose a reason"
                  onValueChange={setReason}
                />
              </Field>
            )}
            <Field label="Closing note" optional hint="Your colleagues read it with the case">
              <Textarea
                dir="auto"
                maxLength={1000}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </Field>
          </div>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={required && reason === none}>
              Resolve
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Any moment to come, on the workspace's clock. */
export function SnoozeDialog({
  onClose,
  onChange,
}: {
  onClose: () => void;
  onChange: (change: StatusChange) => void;
}) {
  const { timezone } = useMe().tenant;
  const [local, setLocal] = useState(() => toWallClock(new Date(Date.now() + 86_400_000), timezone));
  const at = fromWallClock(local, timezone);
  const over = at !== undefined && at.getTime() <= Date.now();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Snooze"
        size="sm"
        description="It comes back then, or as soon as the person writes."
      >
        <form
          className="-mx-5 -mb-5 flex flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            if (!at || over) return;
            onChange({ status: "snoozed", until: at });
            onClose();
          }}
        >
          <div className="px-5 pb-5">
            <Field
              label="Until"
              hint={`On the clock of ${timezone}`}
              error={over ? "That is over already." : undefined}
            >
              <Input type="datetime-local" value={local} onChange={(event) => setLocal(event.target.value)} />
            </Field>
          </div>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={!at || over}>
              Snooze
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
