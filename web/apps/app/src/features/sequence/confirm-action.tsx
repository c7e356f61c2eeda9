import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useSequenceActions } from "./api/act";
import type { Sequence } from "./api/sequence";

export type SequenceAction = "pause" | "resume" | "archive";

/** What each action asks first, does and says afterwards. */
function words(action: SequenceAction, { name, report }: Sequence) {
  const inside = formatCount(report.waiting, "person", "people");
  switch (action) {
    case "pause":
      return {
        title: `Pause ${name}?`,
        description: `Nothing more is sent until you resume. ${inside} inside keep their places, and whoever comes in waits too.`,
        confirm: "Pause",
        done: "Paused",
      };
    case "resume":
      return {
        title: `Resume ${name}?`,
        description: "It goes on where it stopped. What fell due meanwhile is sent now, each message once.",
        confirm: "Resume",
        done: "Active again",
      };
    case "archive":
      return {
        title: `Archive ${name}?`,
        description: `It ends for good: ${inside} inside leave and get nothing more. Its numbers stay.`,
        confirm: "Archive",
        done: "Archived",
      };
  }
}

interface ConfirmActionProps {
  sequence: Sequence;
  /** Undefined keeps the dialog closed. */
  action: SequenceAction | undefined;
  onClose: () => void;
}

/** Asks, then does it; a refusal stays in the dialog. */
export function ConfirmAction({ sequence, action, onClose }: ConfirmActionProps) {
  const actions = useSequenceActions(sequence.id);
  if (!action) return null;
  const { title, description, confirm, done } = words(action, sequence);
  const mutation = actions[action];
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        mutation.reset();
        onClose();
      }}
      title={title}
      description={description}
      confirm={confirm}
      destructive={action === "archive"}
      onConfirm={async () => {
        await mutation.mutateAsync({ params: { path: { id: sequence.id } } });
        toast.success(done, { description: sequence.name });
      }}
    >
      <ProblemAlert error={mutation.error} />
    </ConfirmDialog>
  );
}
