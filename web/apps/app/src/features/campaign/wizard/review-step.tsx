import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatPhone } from "@aerostic/ui/lib/format";
import { Segmented } from "@aerostic/ui/segmented";
import { useMemo, useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import type { TemplateDetail } from "@/features/template/api/template";
import { languageName } from "@/features/template/languages";
import { categories } from "@/features/template/status";
import type { Campaign } from "../api/campaigns";
import { shares, variantName } from "../experiment";
import { PlanCard } from "../plan-card";
import { routeText } from "../route";
import { audienceText } from "../status";
import { useTagNames } from "../use-tag-names";
import { BudgetField } from "./budget-field";
import { ContactPreviews } from "./contact-previews";
import { CostEstimate } from "./cost-estimate";
import { type StartPlan, scheduleOf } from "./start-plan";
import { StartTime } from "./start-time";
import type { DraftContent, StepId } from "./steps";
import { TestSend } from "./test-send";

interface ReviewStepProps {
  campaign: Campaign;
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  template: TemplateDetail | undefined;
  plan: StartPlan;
  onPlan: (plan: StartPlan) => void;
  onStep: (step: StepId) => void;
}

/** Everything once more before it is sent: what, to whom, what it costs and when. */
export function ReviewStep(props: ReviewStepProps) {
  const { campaign, content, change, template, plan, onPlan } = props;
  const [variant, setVariant] = useState(1);
  const { timezone } = useMe().tenant;
  const schedule = useMemo(() => scheduleOf(plan, timezone), [plan, timezone]);
  const channel = useChannels().data?.items.find(({ id }) => id === content.channelId);
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start lg:gap-6">
      <div className="flex min-w-0 flex-col gap-4">
        {template && !template.sendable && (
          <Alert tone="danger" title="The template cannot be sent now">
            {template.whyNot}
          </Alert>
        )}
        {channel?.advice && (
          <Alert tone="warning" title={channel.advice.reason}>
            {channel.advice.todo}
          </Alert>
        )}
        <Summary
          {...props}
          sender={channel && `${channel.verifiedName} · ${formatPhone(channel.displayPhone)}`}
        />
        <CostEstimate campaign={campaign} budgetCap={content.budgetCap} />
        <div className="grid gap-4 xl:grid-cols-[3fr_2fr] xl:items-start">
          <StartTime plan={plan} onChange={onPlan} />
          <BudgetField cap={content.budgetCap} onChange={(budgetCap) => change({ budgetCap })} />
        </div>
        <PlanCard campaign={campaign} schedule={schedule} />
        <TestSend campaignId={campaign.id} variant={variant} />
      </div>
      <aside className="flex flex-col items-center gap-3 lg:sticky lg:top-5 lg:items-stretch">
        {content.experiment && (
          <Segmented
            label="Which version is shown and tried"
            value={String(variant)}
            onValueChange={(value) => setVariant(Number(value))}
            options={shares(content.experiment).map((_, i) => ({
              value: String(i + 1),
              label: variantName(i + 1),
            }))}
          />
        )}
        <ContactPreviews
          campaign={campaign}
          sender={channel?.verifiedName || "Your business"}
          settled
          variant={variant}
        />
      </aside>
    </div>
  );
}

function Summary({ content, template, onStep, sender }: ReviewStepProps & { sender: string | undefined }) {
  const names = useTagNames();
  const lines: { label: string; value: string | undefined; step: StepId }[] = [
    { label: "Name", value: content.name, step: "basics" },
    { label: "From", value: sender, step: "basics" },
    {
      label: "Template",
      value:
        template &&
        `${template.name} · ${categories[template.category]} · ${content.byLanguage ? `each contact's language, else ${languageName(template.language)}` : languageName(template.language)}`,
      step: "template",
    },
    { label: "To", value: audienceText(content.audience, names), step: "audience" },
    { label: "Test", value: testText(content), step: "test" },
  ];
  return (
    <Card>
      <CardHeader title="What is sent" />
      <CardBody>
        <dl className="flex flex-col">
          {lines.map(({ label, value, step }) => (
            <div key={label} className="flex min-h-8 items-center gap-3">
              <dt className="w-20 shrink-0 text-muted-foreground">{label}</dt>
              <dd className="wrap-anywhere min-w-0 flex-1" dir="auto">
                {value ?? "–"}
              </dd>
              <dd>
                <Button
                  variant="ghost"
                  size="xs"
                  aria-label={`Change: ${label}`}
                  onClick={() => onStep(step)}
                >
                  Change
                </Button>
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}

/** What is compared, held out and tried again, in a line. */
function testText({ experiment, holdOut, retryDays, route }: DraftContent): string {
  const parts = [
    experiment && `${experiment.others.length + 1} versions`,
    experiment?.winner && `the winner of ${experiment.winner.testPercent} % goes to the rest`,
    holdOut > 0 && `${holdOut} % held out`,
    retryDays > 0 && `failures tried again for ${formatCount(retryDays, "day")}`,
    route !== "usual" && `delivery: ${routeText(route)}`,
  ];
  return parts.filter(Boolean).join(" · ") || "One version for everybody";
}
