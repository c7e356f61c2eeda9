import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Filter } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type EntryKind, useTimeline } from "./api/timeline";
import { NoteComposer } from "./note-composer";
import { TimelineEntry } from "./timeline-entry";
import { entryKinds } from "./timeline-kinds";

interface TimelineProps {
  id: string;
  kinds: EntryKind[];
  onKinds: (kinds: EntryKind[]) => void;
  onMessage: (id: string) => void;
}

/** What happened with a contact, the latest first, and a place to write notes. */
export function Timeline({ id, kinds, onKinds, onMessage }: TimelineProps) {
  const list = usePagedRows(useTimeline(id, kinds));
  const canWrite = useCan("contact.write");
  return (
    <Card>
      <CardHeader title="Timeline" action={<KindFilter kinds={kinds} onKinds={onKinds} />} />
      <CardBody className="flex flex-col gap-4">
        {canWrite && <NoteComposer contact={id} />}
        {list.error ? <ProblemAlert error={list.error} onRetry={list.onRetry} /> : null}
        {list.loading && <Loading />}
        {!list.loading && !list.error && list.rows.length === 0 && (
          <p className="py-6 text-center text-muted-foreground text-sm">Nothing of this kind yet.</p>
        )}
        {list.rows.length > 0 && (
          <ol aria-label="Timeline" className="flex flex-col">
            {list.rows.map((entry) => (
              <TimelineEntry key={entry.id} contact={id} entry={entry} onMessage={onMessage} />
            ))}
          </ol>
        )}
        {list.hasMore && (
          <Button className="self-center" loading={list.loadingMore} onClick={list.onLoadMore}>
            Show older
          </Button>
        )}
      </CardBody>
    </Card>
  );
}

function KindFilter({ kinds, onKinds }: Pick<TimelineProps, "kinds" | "onKinds">) {
  const all = Object.entries(entryKinds) as [EntryKind, (typeof entryKinds)[EntryKind]][];
  const name = kinds.length === 1 && kinds[0] ? entryKinds[kinds[0]].label : `${kinds.length} kinds`;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm">
          <Filter /> {kinds.length === 0 ? "Everything" : name}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {all.map(([kind, { label }]) => (
          <DropdownMenuCheckboxItem
            key={kind}
            checked={kinds.includes(kind)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(on) => onKinds(on ? [...kinds, kind] : kinds.filter((k) => k !== kind))}
          >
            {label}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the timeline" className="flex flex-col gap-4">
      {[1, 2, 3].map((n) => (
        <Skeleton key={n} className="h-10" />
      ))}
    </div>
  );
}
