import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { formatCount, formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { Clock, Repeat, Send, UserCheck } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useWorkspace } from "@/features/settings/api/workspace";
import { useFormat } from "@/lib/format";
import { useOnce } from "@/lib/use-once";
import { useCampaignActions } from "../api/act";
import { useApprovalActions } from "../api/approval";
import type { Campaign } from "../api/campaigns";
import { useEstimate } from "../api/estimate";
import type { Schedule } from "../api/timing";
import { type StartPlan, scheduleOf } from "./start-plan";

interface StartButtonProps {
  campaign: Campaign;
  plan: StartPlan;
  /** Everything entered is saved. */
  ready: boolean;
  flush: () => Promise<boolean>;
}

const icons = { now: Send, later: Clock, local: Clock, repeat: Repeat };

/** Asks once more, with people and price, and starts, schedules, repeats, or asks a second person. */
export function StartButton({ campaign, plan, ready, flush }: StartButtonProps) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const { data: estimate } = useEstimate(campaign.id, campaign.updatedAt);
  const { approvalAbove } = useWorkspace().data ?? {};
  const { start } = useCampaignActions();
  const { ask } = useApprovalActions();
  const once = useOnce();
  const navigate = useNavigate();
  const words = useWords(plan);
  const { timezone } = useMe().tenant;
  const maySend = useCan("campaign.send");
  if (!maySend) {
    return <p className="text-muted-foreground text-xs">Ask an admin to start it.</p>;
  }
  const schedule = scheduleOf(plan, timezone);
  const people = estimate && formatCount(estimate.reachable, "person", "people");
  const money = (amount: number) => formatMoney({ amount, currency: estimate?.currency ?? "INR" });
  const cost = estimate && Math.min(estimate.total, campaign.budgetCap ?? estimate.total);
  const second = approvalAbove !== undefined && cost !== undefined && cost > approvalAbove;
  const Icon = second ? UserCheck : icons[plan.when];

  const confirm = async () => {
    const params = { path: { id: campaign.id } };
    const body = schedule as Schedule;
    if (second) await ask.mutateAsync({ params, body: { schedule: body, note } });
    else
      await once({ ...params, ...body }, (header) =>
        start.mutateAsync({ params: { ...params, header }, body }),
      );
    toast.success(second ? "Approval asked for" : words.done, { description: campaign.name });
    void navigate({ to: "/campaigns/$id", params: { id: campaign.id }, replace: true });
  };

  return (
    <>
      <Button
        variant="primary"
        disabled={!estimate || estimate.reachable === 0 || !schedule}
        onClick={async () => {
          if (ready || (await flush())) setAsking(true);
        }}
      >
        <Icon />
        {second ? "Ask for approval" : words.verb}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={second ? "Ask a second person?" : words.title(people)}
        description={
          second
            ? `It can cost ${money(cost)}, more than the ${money(approvalAbove)} that one person may start. Whoever may approve gets a mail; it goes out as planned once somebody agrees. A change of the draft takes the asking back.`
            : words.description(people, cost !== undefined ? money(cost) : "")
        }
        confirm={second ? "Ask for approval" : words.verb}
        onConfirm={confirm}
      >
        {second && (
          <Field label="A word to them" optional>
            <Textarea dir="auto" value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
        )}
        <ProblemAlert error={second ? ask.error : start.error} />
      </ConfirmDialog>
    </>
  );
}

/** What the button and its dialog say, by when it starts. */
function useWords({ when, at, repeat }: StartPlan) {
  const format = useFormat();
  const { timezone } = useMe().tenant;
  const schedule = scheduleOf({ when, at, repeat }, timezone);
  switch (when) {
    case "now":
      return {
        verb: "Start now",
        done: "Sending",
        title: (people = "nobody") => `Send to ${people}?`,
        description: (_: string | undefined, cost: string) =>
          `It costs at most ${cost}. You can pause at any time; what was handed to WhatsApp cannot be recalled.`,
      };
    case "later": {
      const time = schedule?.at ? format.dateTime(schedule.at) : "";
      return {
        verb: "Schedule",
        done: `Starts ${time}`,
        title: () => `Schedule for ${time}?`,
        description: (people: string | undefined, cost: string) =>
          `It starts by itself and goes to everybody then in the audience, now ${people}, for at most ${cost}. You can take it off the schedule until then.`,
      };
    }
    case "local":
      return {
        verb: "Schedule",
        done: "Scheduled",
        title: () => `Schedule for ${at.slice(11)} on everybody's own clock?`,
        description: (people: string | undefined, cost: string) =>
          `It starts where the day begins first on Earth, and each of ${people} gets it when their own clock shows the time, for at most ${cost}. You can take it off the schedule until it starts.`,
      };
    case "repeat":
      return {
        verb: "Start the series",
        done: "The series begins",
        title: () => "Start the series?",
        description: (people: string | undefined, cost: string) =>
          `Each run goes to everybody then in the audience, now ${people}, for at most ${cost} a run at today's size. You can pause or stop the series at any time.`,
      };
  }
}
