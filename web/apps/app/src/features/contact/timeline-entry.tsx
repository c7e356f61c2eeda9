import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { outcomeLooks } from "@/features/campaign/outcome";
import { useFormat } from "@/lib/format";
import { useFields } from "./api/fields";
import type { Entry } from "./api/timeline";
import { NoteActions } from "./note-actions";
import { byWords, changeWords, entryKinds } from "./timeline-kinds";
import { UndoMerge } from "./undo-merge";

interface EntryProps {
  contact: string;
  entry: Entry;
  onMessage: (id: string) => void;
}

/** One thing that happened, in words, with what belongs to it. */
export function TimelineEntry({ contact, entry, onMessage }: EntryProps) {
  const format = useFormat();
  const { icon: Icon, label } = entryKinds[entry.kind];
  const by = byWords(entry.by);
  return (
    <li className="relative flex gap-3 pb-5 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-7 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-3.5 [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-border">
      <span className="flex size-7 shrink-0 items-center justify-center rounded-full border bg-muted text-muted-foreground">
        <Icon className="size-3.5" aria-label={label} role="img" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="min-w-0 break-words font-medium" dir="auto">
            {entry.title}
          </span>
          {entry.state && entry.direction !== "in" && <StateBadge state={entry.state} />}
        </div>
        <p className="text-muted-foreground text-xs">
          <time dateTime={entry.at} title={format.dateTime(entry.at)}>
            {format.relative(entry.at)}
          </time>
          {by && ` · ${by}`}
          {entry.note?.editedAt && " · edited"}
        </p>
        {entry.text && (
          <p
            dir="auto"
            className={
              entry.kind === "note"
                ? "mt-1.5 whitespace-pre-wrap break-words rounded-lg border bg-warning-soft p-2.5 text-sm"
                : "mt-1 whitespace-pre-wrap break-words text-sm"
            }
          >
            {entry.text}
          </p>
        )}
        {entry.why && <p className="mt-1 break-words text-muted-foreground text-sm">{entry.why}</p>}
        {entry.changes && <Changes changes={entry.changes} />}
        <Links entry={entry} onMessage={onMessage} />
        {entry.note && <NoteActions contact={contact} note={entry.note} />}
        {entry.mergeId && <UndoMerge id={entry.mergeId} />}
      </div>
    </li>
  );
}

function StateBadge({ state }: { state: string }) {
  const { label, tone } = outcomeLooks(state);
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

function Changes({ changes }: { changes: NonNullable<Entry["changes"]> }) {
  const { data } = useFields();
  const label = (key: string) => data?.items.find((field) => field.key === key)?.label ?? key;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-sm">
      {changes.map((change) => {
        const { name, from, to } = changeWords(change, label);
        return (
          <li key={change.field} className="break-words" dir="auto">
            <span className="text-muted-foreground">{name}: </span>
            {from && <del className="text-muted-foreground">{from}</del>}
            {from && to && " → "}
            {to || (from ? "" : "empty")}
          </li>
        );
      })}
    </ul>
  );
}

function Links({ entry, onMessage }: { entry: Entry; onMessage: (id: string) => void }) {
  const links: ReactNode[] = [];
  if (entry.messageId && entry.direction !== "in") {
    const id = entry.messageId;
    links.push(
      <Button key="message" size="xs" variant="ghost" onClick={() => onMessage(id)}>
        What happened to it
      </Button>,
      <Button key="explain" size="xs" variant="ghost" asChild>
        <Link to="/messages/$id" params={{ id }}>
          Explain every step
        </Link>
      </Button>,
    );
  }
  if (entry.campaignId) {
    links.push(
      <Button key="campaign" size="xs" variant="ghost" asChild>
        <Link to="/campaigns/$id" params={{ id: entry.campaignId }}>
          Open the campaign
        </Link>
      </Button>,
    );
  }
  if (entry.importId) {
    links.push(
      <Button key="import" size="xs" variant="ghost" asChild>
        <Link to="/contacts/import/$id" params={{ id: entry.importId }}>
          Open the import
        </Link>
      </Button>,
    );
  }
  return links.length > 0 ? <div className="mt-1 -ml-2 flex flex-wrap gap-1">{links}</div> : null;
}
