import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { Progress } from "@aerostic/ui/progress";
import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { useCampaigns } from "@/features/campaign/api/campaigns";
import { useChannels } from "@/features/channel/api/list";
import { useContactSearch } from "@/features/contact/api/search";
import { useTemplates } from "@/features/template/api/templates";
import { useWallet } from "@/features/wallet/api/balance";

interface FirstStep {
  title: string;
  note: string;
  done: boolean;
  verb: string;
  to: "/numbers" | "/contacts/import" | "/templates/new" | "/wallet" | "/campaigns/new";
}

/** From an empty workspace to the first campaign; gone once that has been started. */
export function FirstSteps() {
  return useCan("campaign.write") ? <Steps /> : null;
}

function Steps() {
  const started = useCampaigns({
    status: ["running", "paused", "scheduled", "completed", "cancelled"],
    limit: 1,
  });
  const begun = started.data?.pages[0]?.items.length !== 0;
  // Nobody past their first campaign pays for looking at the rest.
  return started.data && !begun ? <Checklist /> : null;
}

function Checklist() {
  const channels = useChannels();
  const contacts = useContactSearch("", 1);
  const templates = useTemplates({ status: "APPROVED" });
  const wallet = useWallet();
  const steps: FirstStep[] = [
    {
      title: "Connect a number",
      note: "The WhatsApp number your messages come from",
      done: (channels.data?.items.length ?? 0) > 0,
      verb: "Connect",
      to: "/numbers",
    },
    {
      title: "Bring your contacts",
      note: "An XLSX or CSV file with up to a million rows, checked before it is imported",
      done: (contacts.data?.items.length ?? 0) > 0,
      verb: "Import",
      to: "/contacts/import",
    },
    {
      title: "Get a template approved",
      note: "WhatsApp reviews what campaigns say; it takes minutes, at most a day",
      done: (templates.data?.pages[0]?.items.length ?? 0) > 0,
      verb: "Write one",
      to: "/templates/new",
    },
    {
      title: "Fill the wallet",
      note: "Messages are paid when they are delivered",
      done: (wallet.data?.available.amount ?? 0) > 0,
      verb: "Open",
      to: "/wallet",
    },
    {
      title: "Start your first campaign",
      note: "See it on a phone, try it on yourself, then send",
      done: false,
      verb: "Begin",
      to: "/campaigns/new",
    },
  ];
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="First steps"
        description={`${done} of ${steps.length} done`}
        action={<Progress label="First steps" value={done} max={steps.length} className="mt-2 w-28" />}
        divided
      />
      <ol className="divide-y">
        {steps.map((step, index) => (
          <li key={step.title} className="flex items-center gap-3 px-4 py-2.5">
            <span
              className={cn(
                "flex size-6 shrink-0 items-center justify-center rounded-full border font-semibold text-2xs",
                step.done
                  ? "border-primary bg-primary-soft text-primary-soft-foreground"
                  : "text-muted-foreground",
              )}
            >
              {step.done ? <Check aria-hidden className="size-3.5" strokeWidth={3} /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <p className={cn("text-sm", step.done ? "text-muted-foreground line-through" : "font-medium")}>
                {step.title}
                {step.done && <span className="sr-only"> (done)</span>}
              </p>
              <p className="text-muted-foreground text-xs">{step.note}</p>
            </div>
            {!step.done && (
              <Button asChild size="sm" variant={step === next ? "primary" : "secondary"}>
                <Link to={step.to} aria-label={`${step.verb}: ${step.title}`}>
                  {step.verb}
                </Link>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
