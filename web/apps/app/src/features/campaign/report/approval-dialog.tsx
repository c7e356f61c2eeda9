import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import { useApprovalActions } from "../api/approval";
import type { Campaign } from "../api/campaigns";

/** Asks a second person to let a campaign go on that stopped at what one may spend. */
export function AskToGoOn({ campaign }: { campaign: Campaign }) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const { ask } = useApprovalActions();
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Ask for approval
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Ask a second person?"
        description="Whoever may approve gets a mail. The campaign goes on where it stopped once somebody agrees."
        confirm="Ask for approval"
        onConfirm={async () => {
          await ask.mutateAsync({ params: { path: { id: campaign.id } }, body: { schedule: {}, note } });
          toast.success("Approval asked for", { description: campaign.name });
        }}
      >
        <Field label="A word to them" optional>
          <Textarea dir="auto" value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <ProblemAlert error={ask.error} />
      </ConfirmDialog>
    </>
  );
}
