import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useApprovalActions } from "./api/approval";
import type { Campaign } from "./api/campaigns";

/** Sends a campaign beyond the frequency cap, with a reason that stays on record, or within it again. */
export function CapDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { cap } = useApprovalActions();
  const [reason, setReason] = useState("");
  const override = !campaign.uncapped;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={override ? "Send beyond the frequency cap?" : "Keep to the frequency cap again?"}
      description={
        override
          ? "People who had as many marketing messages as the workspace allows get this one too. Your name and the reason stay on record."
          : "People who had as many marketing messages as the workspace allows are left out."
      }
      confirm={override ? "Override the cap" : "Keep to the cap"}
      onConfirm={() => cap.mutateAsync({ params: { path: { id: campaign.id } }, body: { override, reason } })}
    >
      {override && (
        <Field label="Reason">
          <Textarea dir="auto" value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      )}
      <ProblemAlert error={cap.error} />
    </ConfirmDialog>
  );
}
