import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { formatCount, formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { Clock, Send } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { useOnce } from "@/lib/use-once";
import { fromWallClock } from "@/lib/zoned-time";
import { useCampaignActions } from "../api/act";
import type { Campaign } from "../api/campaigns";
import { useEstimate } from "../api/estimate";

interface StartButtonProps {
  campaign: Campaign;
  /** A time of the workspace's clock; undefined starts now. */
  at: string | undefined;
  /** Everything entered is saved. */
  ready: boolean;
  flush: () => Promise<boolean>;
}

/** Asks once more, with people and price, and starts or schedules. */
export function StartButton({ campaign, at, ready, flush }: StartButtonProps) {
  const [asking, setAsking] = useState(false);
  const { data: estimate } = useEstimate(campaign.id, campaign.updatedAt);
  const { start } = useCampaignActions();
  const once = useOnce();
  const navigate = useNavigate();
  const format = useFormat();
  const { timezone } = useMe().tenant;
  const maySend = useCan("campaign.send");
  const instant = at === undefined ? undefined : fromWallClock(at, timezone);
  const wrongTime = at !== undefined && (!instant || instant.getTime() <= Date.now());
  if (!maySend) {
    return <p className="text-muted-foreground text-xs">Ask an admin to start it.</p>;
  }
  const people = estimate && formatCount(estimate.reachable, "person", "people");
  const cost = estimate && formatMoney({ amount: estimate.total, currency: estimate.currency });

  const confirm = async () => {
    const params = { path: { id: campaign.id } };
    const body = { at: instant?.toISOString() };
    await once({ ...params, ...body }, (header) =>
      start.mutateAsync({ params: { ...params, header }, body }),
    );
    toast.success(instant ? `Starts ${format.dateTime(instant)}` : "Sending", { description: campaign.name });
    void navigate({ to: "/campaigns/$id", params: { id: campaign.id }, replace: true });
  };

  return (
    <>
      <Button
        variant="primary"
        disabled={!estimate || estimate.reachable === 0 || wrongTime}
        onClick={async () => {
          if (ready || (await flush())) setAsking(true);
        }}
      >
        {instant ? <Clock /> : <Send />}
        {instant ? "Schedule" : "Start now"}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={instant ? `Schedule for ${format.dateTime(instant)}?` : `Send to ${people}?`}
        description={
          instant
            ? `It starts by itself and goes to everybody then in the audience, now ${people}, for at most ${cost}. You can take it off the schedule until then.`
            : `It costs at most ${cost}. You can pause at any time; what was handed to WhatsApp cannot be recalled.`
        }
        confirm={instant ? "Schedule" : "Start now"}
        onConfirm={confirm}
      >
        <ProblemAlert error={start.error} />
      </ConfirmDialog>
    </>
  );
}
