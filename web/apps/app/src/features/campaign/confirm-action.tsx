import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useCampaignActions } from "./api/act";
import type { Campaign } from "./api/campaigns";
import { useRemoveCampaign } from "./api/remove";
import { waiting } from "./counts";

export type CampaignAction = "pause" | "resume" | "cancel" | "unschedule" | "delete";

const recalled = "What was already handed to WhatsApp cannot be recalled.";

/** What each action asks first, does and says afterwards. */
function words(action: CampaignAction, { name, counts, frozen, status }: Campaign) {
  const left = frozen ? formatCount(waiting(counts), "person", "people") : "everybody still waiting";
  switch (action) {
    case "pause":
      return {
        title: `Pause ${name}?`,
        description: `Nothing more is sent to ${left} until you resume. ${recalled}`,
        confirm: "Pause",
        done: "Paused",
      };
    case "resume":
      return {
        title: `Resume ${name}?`,
        description: `Sending goes on with ${left}. Nobody gets the message twice.`,
        confirm: "Resume",
        done: "Sending again",
      };
    case "cancel":
      if (status === "repeating") {
        return {
          title: `Stop ${name}?`,
          description: "It does not run again, for good. A run that is under way goes on.",
          confirm: "Stop the series",
          done: "Stopped",
        };
      }
      return {
        title: `Cancel ${name}?`,
        description: `It ends for good: ${left} will not get it and are not charged. ${recalled}`,
        confirm: "Cancel campaign",
        done: "Cancelled",
      };
    case "unschedule":
      return {
        title: `Take ${name} off the schedule?`,
        description: "It becomes a draft again that you can change. Nothing has been sent.",
        confirm: "Make it a draft",
        done: "A draft again",
      };
    case "delete":
      return {
        title: `Delete ${name}?`,
        description: "The draft is gone for good. Nothing has been sent.",
        confirm: "Delete draft",
        done: "Deleted",
      };
  }
}

interface ConfirmActionProps {
  campaign: Campaign;
  /** Undefined keeps the dialog closed. */
  action: CampaignAction | undefined;
  onClose: () => void;
  onDone?: (action: CampaignAction) => void;
}

/** Asks, then does it; a refusal stays in the dialog. */
export function ConfirmAction({ campaign, action, onClose, onDone }: ConfirmActionProps) {
  const { pause, resume, cancel, unschedule } = useCampaignActions();
  const remove = useRemoveCampaign();
  const mutations = { pause, resume, cancel, unschedule, delete: remove };
  if (!action) return null;
  const { title, description, confirm, done } = words(action, campaign);
  const mutation = mutations[action];
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
      destructive={action === "cancel" || action === "delete"}
      onConfirm={async () => {
        await mutation.mutateAsync({ params: { path: { id: campaign.id } } });
        toast.success(done, { description: campaign.name });
        onDone?.(action);
      }}
    >
      <ProblemAlert error={mutation.error} />
    </ConfirmDialog>
  );
}
