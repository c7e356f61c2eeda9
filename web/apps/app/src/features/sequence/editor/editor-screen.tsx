import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import type { SaveState } from "@/lib/use-autosave";
import { type Sequence, type Step, useSequence } from "../api/sequence";
import { newStep } from "../sequence";
import { SequenceStatusBadge } from "../status-badge";
import { ExitsCard } from "./exits-card";
import { PublishDialog } from "./publish-dialog";
import { StepCard } from "./step-card";
import { TriggerCard } from "./trigger-card";
import { useDraft } from "./use-draft";

const mostSteps = 10;

const saveWords: Record<SaveState, string> = {
  saved: "Saved",
  waiting: "Not saved yet",
  saving: "Saving …",
  failed: "Not saved",
};

/** A sequence as it will be published next: who comes in, each step, who leaves early. */
export function EditorScreen({ id }: { id: string }) {
  const { data: sequence, error, refetch } = useSequence(id);
  if (sequence) return <Editor key={id} sequence={sequence} />;
  return (
    <Page title="Sequence" back={<BackLink />}>
      {error ? <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" /> : <RoutePending />}
    </Page>
  );
}

function BackLink() {
  return (
    <Link to="/sequences" aria-label="All sequences">
      <BackIcon />
    </Link>
  );
}

function Editor({ sequence }: { sequence: Sequence }) {
  const draft = useDraft(sequence);
  const maySend = useCan("campaign.send");
  const [publishing, setPublishing] = useState(false);
  const [tried, setTried] = useState(false);
  const { name, definition, change } = draft;
  const { steps } = definition;
  const set = (at: number, part: Partial<Step>) =>
    change({ steps: steps.map((step, i) => (i === at ? { ...step, ...part } : step)) });
  const move = (at: number, by: number) => {
    const next = [...steps];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    change({ steps: next });
  };
  return (
    <Page
      title={name || "Sequence"}
      back={
        sequence.status === "draft" ? (
          <BackLink />
        ) : (
          <Link to="/sequences/$id" params={{ id: sequence.id }} aria-label="Back to the sequence">
            <BackIcon />
          </Link>
        )
      }
      badge={<SequenceStatusBadge status={sequence.status} />}
      actions={
        <>
          <span aria-live="polite" className="text-muted-foreground text-xs max-sm:sr-only">
            {saveWords[draft.state]}
          </span>
          {maySend && (
            <Button
              variant="primary"
              onClick={() => {
                setTried(true);
                setPublishing(true);
              }}
            >
              Publish
            </Button>
          )}
        </>
      }
    >
      <PageBody>
        <ProblemAlert error={draft.error} />
        {sequence.version > 0 && (
          <Alert tone="info" title={`Version ${sequence.version} is live`}>
            What you change here goes out only once you publish it.
          </Alert>
        )}
        <BasicsCard
          name={name}
          onName={draft.rename}
          channelId={definition.channelId}
          onChannel={(channelId) => change({ channelId })}
        />
        <TriggerCard definition={definition} change={change} />
        <ol className="flex flex-col" aria-label="Steps">
          {steps.map((step, at) => (
            <li key={step.id} className="flex flex-col">
              <StepCard
                step={step}
                number={at + 1}
                last={at === steps.length - 1}
                channelId={definition.channelId}
                byEvent={definition.trigger.kind === "event"}
                tried={tried}
                change={(part) => set(at, part)}
                onMove={(by) => move(at, by)}
                onRemove={() => change({ steps: steps.filter((_, i) => i !== at) })}
              />
              <span aria-hidden className="ml-7 h-5 w-px bg-border" />
            </li>
          ))}
          <li>
            <Button
              disabled={steps.length >= mostSteps}
              onClick={() => change({ steps: [...steps, newStep(steps.length === 0)] })}
            >
              <Plus /> Add a step
            </Button>
          </li>
        </ol>
        <ExitsCard definition={definition} change={change} />
      </PageBody>
      {publishing && (
        <PublishDialog sequence={sequence} flush={draft.flush} onClose={() => setPublishing(false)} />
      )}
    </Page>
  );
}

interface BasicsProps {
  name: string;
  onName: (name: string) => void;
  channelId: string | undefined;
  onChannel: (id: string) => void;
}

/** What it is called and which number it sends from; the only number is chosen by itself. */
function BasicsCard({ name, onName, channelId, onChannel }: BasicsProps) {
  const channels = useChannels().data?.items;
  const only = channels?.length === 1 ? channels[0]?.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice is made once, when the list comes
  useEffect(() => {
    if (only && !channelId) onChannel(only);
  }, [only, channelId]);
  return (
    <Card>
      <CardHeader title="Name and number" />
      <CardBody className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={name.trim() ? undefined : "Enter a name."}>
          <Input dir="auto" maxLength={120} value={name} onChange={(event) => onName(event.target.value)} />
        </Field>
        <Field label="Send from">
          <Select
            placeholder={channels?.length === 0 ? "Connect a number first" : "Choose a number"}
            value={channelId}
            onValueChange={onChannel}
            options={(channels ?? []).map(({ id, verifiedName, displayPhone }) => ({
              value: id,
              label: verifiedName
                ? `${verifiedName} · ${formatPhone(displayPhone)}`
                : formatPhone(displayPhone),
            }))}
          />
        </Field>
      </CardBody>
    </Card>
  );
}
