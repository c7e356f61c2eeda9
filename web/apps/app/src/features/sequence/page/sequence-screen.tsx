import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatMoney, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import { Link, Navigate, useNavigate } from "@tanstack/react-router";
import { Archive, Ellipsis, Pause, Pencil, Play, UsersRound } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useLive } from "@/lib/use-live";
import type { PeopleFilter } from "../api/people";
import { type Sequence, useSequence } from "../api/sequence";
import { ConfirmAction, type SequenceAction } from "../confirm-action";
import { entryTexts, triggerText } from "../sequence";
import { SequenceStatusBadge } from "../status-badge";
import { useStageNames } from "../use-stage-names";
import { EventCard } from "./event-card";
import { ExitsCard } from "./exits-card";
import { IntakeCard } from "./intake-card";
import { StepFunnel } from "./step-funnel";
import { VersionsCard } from "./versions-card";

/** A sequence at work: who came, where they are, what became of each step, and why people left. */
export function SequenceScreen({ id }: { id: string }) {
  const { data: sequence, error, refetch } = useSequence(id);
  useLive<{ id: string }>(
    "sequences",
    () => refetch(),
    (event) => event.id === id,
  );
  const back = (
    <Link to="/sequences" aria-label="All sequences">
      <BackIcon />
    </Link>
  );
  if (!sequence) {
    return (
      <Page title="Sequence" back={back}>
        {error ? <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" /> : <RoutePending />}
      </Page>
    );
  }
  if (sequence.status === "draft") return <Navigate to="/sequences/$id/edit" params={{ id }} replace />;
  const byEvent = sequence.published?.trigger.kind === "event";
  const open = sequence.status !== "archived";
  return (
    <Page
      title={sequence.name}
      back={back}
      badge={<SequenceStatusBadge status={sequence.status} />}
      actions={<Actions sequence={sequence} />}
    >
      <PageBody>
        {sequence.pauseNote && (
          <Alert tone="warning" title={sequence.pauseNote.title}>
            {sequence.pauseNote.advice}
          </Alert>
        )}
        {sequence.changed && open && (
          <Alert
            tone="info"
            title={`There are changes since version ${sequence.version}`}
            action={
              <Button asChild size="sm">
                <Link to="/sequences/$id/edit" params={{ id }}>
                  Look at them
                </Link>
              </Button>
            }
          >
            They go out once they are published.
          </Alert>
        )}
        <Figures sequence={sequence} />
        <Path sequence={sequence} />
        <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
          <ExitsCard sequence={sequence} />
          <VersionsCard id={id} />
        </div>
        {byEvent ? <EventCard sequence={sequence} /> : open && <IntakeCard sequence={sequence} />}
      </PageBody>
    </Page>
  );
}

function Figures({ sequence: { id, report } }: { sequence: Sequence }) {
  const navigate = useNavigate();
  const { currency } = useMe().tenant;
  const open = (search: PeopleFilter) => () =>
    void navigate({ to: "/sequences/$id/people", params: { id }, search });
  return (
    <StatGroup>
      <Stat label="Came in" value={formatNumber(report.entered)} onClick={open({})} />
      <Stat label="Inside now" value={formatNumber(report.waiting)} onClick={open({ state: "waiting" })} />
      <Stat label="Finished" value={formatNumber(report.finished)} onClick={open({ state: "finished" })} />
      <Stat label="Left early" value={formatNumber(report.exited)} onClick={open({ state: "exited" })} />
      <Stat label="Cost" value={formatMoney({ amount: report.charged, currency })} />
    </StatGroup>
  );
}

/** What brings people in, and under it the steps as they follow each other. */
function Path({ sequence }: { sequence: Sequence }) {
  const stages = useStageNames();
  const { published, report } = sequence;
  if (!published) return null;
  const line = <span aria-hidden className="ml-7 h-5 w-px bg-border" />;
  return (
    <ol aria-label="The way through" className="flex flex-col">
      <li className="flex flex-col">
        <Card className="px-4 py-3">
          <p className="font-medium text-sm" dir="auto">
            {triggerText(published.trigger, stages)}
          </p>
          <p className="text-muted-foreground text-xs">
            {entryTexts[published.entry]}
            {report.before > 0 && ` · ${formatNumber(report.before)} left before the first step`}
          </p>
        </Card>
        {line}
      </li>
      {report.steps.map((step, at) => (
        <li key={step.stepId} className="flex flex-col">
          <StepFunnel
            sequence={sequence}
            report={step}
            step={published.steps.find(({ id }) => id === step.stepId)}
            number={at + 1}
          />
          {at < report.steps.length - 1 && line}
        </li>
      ))}
    </ol>
  );
}

/** Pause or resume and edit in the open, the rest behind three dots. */
function Actions({ sequence }: { sequence: Sequence }) {
  const { id, status } = sequence;
  const [action, setAction] = useState<SequenceAction>();
  const mayWrite = useCan("campaign.write");
  const maySend = useCan("campaign.send");
  if (status === "archived") {
    return (
      <Button asChild>
        <Link to="/sequences/$id/people" params={{ id }} aria-label="People">
          <UsersRound /> <span className="max-sm:hidden">People</span>
        </Link>
      </Button>
    );
  }
  return (
    <>
      {maySend && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${sequence.name}`}>
              <Ellipsis />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            <DropdownMenuItem tone="danger" onSelect={() => setAction("archive")}>
              <Archive /> Archive
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {mayWrite && (
        <Button asChild>
          <Link to="/sequences/$id/edit" params={{ id }} aria-label="Edit">
            <Pencil /> <span className="max-sm:hidden">Edit</span>
          </Link>
        </Button>
      )}
      {maySend && status === "active" && (
        <Button onClick={() => setAction("pause")}>
          <Pause /> Pause
        </Button>
      )}
      {maySend && status === "paused" && (
        <Button variant="primary" onClick={() => setAction("resume")}>
          <Play /> Resume
        </Button>
      )}
      <ConfirmAction sequence={sequence} action={action} onClose={() => setAction(undefined)} />
    </>
  );
}
