import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSequenceActions } from "../api/act";
import type { Sequence } from "../api/sequence";

interface PublishDialogProps {
  sequence: Sequence;
  /** Saves what is not saved yet; false: it could not. */
  flush: () => Promise<boolean>;
  onClose: () => void;
}

/** Makes the draft what those who come now get; asks what becomes of those inside. */
export function PublishDialog({ sequence, flush, onClose }: PublishDialogProps) {
  const { id, name, version, report } = sequence;
  const { publish } = useSequenceActions(id);
  const navigate = useNavigate();
  const [moveOver, setMoveOver] = useState(false);
  const inside = version > 0 && report.waiting > 0;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={version === 0 ? `Start ${name}?` : `Publish version ${version + 1}?`}
      description={
        version === 0
          ? "From now on whoever the trigger brings in gets the steps. Each message costs what its template costs."
          : "Whoever comes in from now on gets this version."
      }
      confirm={version === 0 ? "Start" : "Publish"}
      onConfirm={async () => {
        if (!(await flush())) throw new Error("The latest changes could not be saved.");
        await publish.mutateAsync({ params: { path: { id } }, body: { moveOver } });
        toast.success(version === 0 ? "Started" : "Published", { description: name });
        void navigate({ to: "/sequences/$id", params: { id } });
      }}
    >
      {inside && (
        <CheckboxField
          checked={moveOver}
          onCheckedChange={(checked) => setMoveOver(checked === true)}
          label={`${formatCount(report.waiting, "person", "people")} inside go over to it`}
          hint="At their next step. Otherwise they finish on the version they came in with."
        />
      )}
      <ProblemAlert error={publish.error} />
    </ConfirmDialog>
  );
}
