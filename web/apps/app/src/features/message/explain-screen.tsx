import { Alert } from "@aerostic/ui/alert";
import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CopyButton } from "@aerostic/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { outcomeLooks } from "@/features/campaign/outcome";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { type Explained, useExplained } from "./api/explain";
import { AttemptsCard } from "./attempts-card";
import { CostCard } from "./cost-card";
import { ExplainTimeline } from "./explain-timeline";

/** Everything known of one message: what happened step by step, what it cost, and why. */
export function ExplainScreen({ id }: { id: string }) {
  const { data: message, error, refetch } = useExplained(id);
  return (
    <Page
      title={message ? nameOf(message) : "Message"}
      badge={message && <StateBadge state={message.state} />}
      back={message && <BackLink message={message} />}
    >
      <PageBody>
        {error && !message && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {!error && !message && <Loading />}
        {message && (
          <>
            <Alert tone={alertTones[message.tone]} title={message.headline}>
              {message.advice}
            </Alert>
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
              <ExplainTimeline message={message} />
              <div className="flex min-w-0 flex-col gap-4">
                {message.cost && <CostCard cost={message.cost} />}
                {message.attempts.length > 0 && <AttemptsCard attempts={message.attempts} />}
                <AboutCard message={message} />
              </div>
            </div>
          </>
        )}
      </PageBody>
    </Page>
  );
}

const alertTones = { plain: "info", good: "success", wait: "warning", bad: "danger" } as const;

function nameOf({ contact, phone }: Explained): string {
  return contact.name || (phone ? formatPhone(phone) : "Message");
}

function StateBadge({ state }: { state: string }) {
  const { label, tone } = outcomeLooks(state);
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

/** To where one came from; without that, to the contact. */
function BackLink({ message, ...props }: { message: Explained; className?: string }) {
  const { history } = useRouter();
  return (
    <Link
      {...props}
      to="/contacts/$id"
      params={{ id: message.contact.id }}
      aria-label="Back"
      onClick={(event) => {
        if (!history.canGoBack()) return;
        event.preventDefault();
        history.back();
      }}
    >
      <BackIcon />
    </Link>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4">
      <Skeleton className="h-16 rounded-lg" />
      <Skeleton className="h-96 rounded-xl" />
    </div>
  );
}

const textLink = "focus-ring rounded-xs border border-transparent underline underline-offset-2";

/** What the message belongs to, each with a way there. */
function AboutCard({
  message: { id, contact, phone, channel, campaign, sequence, template, wamid },
}: {
  message: Explained;
}) {
  return (
    <Card>
      <CardHeader title="About it" />
      <CardBody>
        <DescriptionList>
          <DescriptionItem label="Contact">
            <Link to="/contacts/$id" params={{ id: contact.id }} className={textLink}>
              {contact.name || (phone && formatPhone(phone)) || "Deleted contact"}
            </Link>
          </DescriptionItem>
          {campaign && (
            <DescriptionItem label="Campaign">
              <Link to="/campaigns/$id" params={{ id: campaign.id }} className={textLink}>
                {campaign.name || "Deleted campaign"}
              </Link>
            </DescriptionItem>
          )}
          {sequence && (
            <DescriptionItem label="Sequence">
              <Link to="/sequences/$id" params={{ id: sequence.id }} className={textLink}>
                {sequence.name || "Deleted sequence"}
              </Link>
            </DescriptionItem>
          )}
          {template && (
            <DescriptionItem label="Template">
              <Link to="/templates/$id" params={{ id: template.id }} className={textLink}>
                {template.name || "Deleted template"}
              </Link>
            </DescriptionItem>
          )}
          <DescriptionItem label="Number">{channel.name}</DescriptionItem>
          <DescriptionItem label="Message id">
            <Id value={id} what="message id" />
          </DescriptionItem>
          {wamid && (
            <DescriptionItem label="WhatsApp's id">
              <Id value={wamid} what="WhatsApp's id" />
            </DescriptionItem>
          )}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function Id({ value, what }: { value: string; what: string }): ReactNode {
  return (
    <span className="flex items-center gap-1">
      <code className="truncate font-mono text-xs">{value}</code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
