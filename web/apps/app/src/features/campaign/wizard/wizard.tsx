import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { useNavigate } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { useFields } from "@/features/contact/api/fields";
import { useTemplate } from "@/features/template/api/template";
import type { SaveState } from "@/lib/use-autosave";
import type { Campaign } from "../api/campaigns";
import { reconcile, sameMapping } from "../mapping";
import { AudienceStep } from "./audience-step";
import { BasicsFields } from "./basics-fields";
import { ContentStep } from "./content-step";
import { ReviewStep } from "./review-step";
import { StartButton } from "./start-button";
import { firstPlan } from "./start-plan";
import { lacking, neighbour, reachable, type StepId } from "./steps";
import { TemplateStep } from "./template-step";
import { TestStep } from "./test-step";
import { useDraft } from "./use-draft";
import { WizardFrame } from "./wizard-frame";

const saveWords: Record<SaveState, string> = {
  saved: "Draft saved",
  waiting: "Saving",
  saving: "Saving",
  failed: "Not saved",
};

/** A draft's steps. What is entered is saved as one goes, so leaving loses nothing. */
export function Wizard({ campaign, wanted }: { campaign: Campaign; wanted: StepId | undefined }) {
  const navigate = useNavigate();
  const draft = useDraft(campaign);
  const { content, change, flush } = draft;
  const [tried, setTried] = useState(false);
  const { timezone } = useMe().tenant;
  const [plan, setPlan] = useState(() => firstPlan(timezone));
  const { data: template } = useTemplate(content.templateId);
  const slots = template?.slots;
  const step = reachable(wanted ?? "review", content, slots);
  useFittingMapping(draft, template);

  const go = async (to: StepId) => {
    setTried(false);
    // The next step reads from the server what this one changed.
    if (await flush())
      void navigate({ to: "/campaigns/$id/edit", params: { id: campaign.id }, search: { step: to } });
  };
  const next = neighbour(step, 1);
  const back = neighbour(step, -1);
  const lack = lacking(step, content, slots);
  const settled = draft.state === "saved";

  return (
    <WizardFrame
      title={content.name || "New campaign"}
      step={step}
      onStep={(to) => void go(to)}
      status={saveWords[draft.state]}
      footer={
        <>
          {back ? (
            <Button onClick={() => void go(back)}>
              <ArrowLeft /> Back
            </Button>
          ) : (
            <span />
          )}
          {tried && lack && (
            <p role="alert" className="ml-auto text-destructive text-xs max-sm:hidden">
              {lack}
            </p>
          )}
          {next ? (
            <Button variant="primary" onClick={() => (lack ? setTried(true) : void go(next))}>
              Next <ArrowRight />
            </Button>
          ) : (
            <StartButton campaign={campaign} plan={plan} ready={settled} flush={flush} />
          )}
        </>
      }
    >
      {draft.state === "failed" && <ProblemAlert error={draft.error} onRetry={() => void flush()} />}
      {step === "basics" && (
        <BasicsFields
          name={content.name}
          channelId={content.channelId}
          onName={(name) => change({ name })}
          onChannel={(channelId) => change({ channelId })}
          tried={tried}
        />
      )}
      {step === "template" && <TemplateStep content={content} change={change} tried={tried} />}
      {step === "audience" && (
        <AudienceStep campaign={campaign} content={content} change={change} settled={settled} tried={tried} />
      )}
      {step === "content" && template && (
        <ContentStep
          campaign={campaign}
          content={content}
          change={change}
          template={template}
          settled={settled}
          tried={tried}
        />
      )}
      {step === "test" && (
        <TestStep campaign={campaign} content={content} change={change} settled={settled} tried={tried} />
      )}
      {step === "review" && (
        <ReviewStep
          campaign={campaign}
          content={content}
          change={change}
          template={template}
          plan={plan}
          onPlan={setPlan}
          onStep={(to) => void go(to)}
        />
      )}
    </WizardFrame>
  );
}

/** Keeps the mapping in step with the template: new placeholders get a suggestion, old ones go. */
function useFittingMapping(
  { content, change }: ReturnType<typeof useDraft>,
  template: Parameters<typeof fit>[1],
) {
  const fields = useFields().data?.items;
  useEffect(() => {
    if (!template || !fields || template.id !== content.templateId) return;
    const mapping = fit(content.mapping, template, fields);
    if (!sameMapping(mapping, content.mapping)) change({ mapping });
  }, [template, fields, content.templateId, content.mapping, change]);
}

function fit(
  mapping: Campaign["mapping"],
  template: ReturnType<typeof useTemplate>["data"],
  fields: Parameters<typeof reconcile>[2],
) {
  return reconcile(mapping, template?.slots ?? [], fields, template?.body);
}
