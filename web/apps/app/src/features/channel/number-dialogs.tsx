import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import type { Channel } from "./api/list";
import { usePauseChannel } from "./api/pause";
import { useRemoveChannel } from "./api/remove";

interface NumberDialogProps {
  channel: Channel;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function PauseDialog({ channel, ...dialog }: NumberDialogProps) {
  const pause = usePauseChannel();
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      {...dialog}
      title={`Pause ${formatPhone(channel.displayPhone)}?`}
      description="Nothing more is sent from it until somebody resumes it; waiting messages wait. What was handed to WhatsApp already cannot be recalled."
      confirm="Pause"
      onConfirm={async () => {
        await pause.mutateAsync({
          params: { path: { id: channel.id } },
          body: { reason: reason.trim() || undefined },
        });
        toast.success(`${formatPhone(channel.displayPhone)} is paused`);
      }}
    >
      <Field label="Why" hint="Shown to the team" optional>
        <Input
          value={reason}
          maxLength={200}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <ProblemAlert error={pause.error} />
    </ConfirmDialog>
  );
}

export function RemoveDialog({ channel, ...dialog }: NumberDialogProps) {
  const remove = useRemoveChannel();
  return (
    <ConfirmDialog
      {...dialog}
      destructive
      typed="REMOVE"
      title={`Remove ${formatPhone(channel.displayPhone)}?`}
      description="Its access token is forgotten and nothing is sent from it any more. Reports keep its messages. To use it again, connect it with a token."
      confirm="Remove number"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: channel.id } } });
        toast.success(`${formatPhone(channel.displayPhone)} was removed`);
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
