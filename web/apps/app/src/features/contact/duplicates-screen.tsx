import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { GitMerge, Search } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { useRealtime } from "@/lib/realtime";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useDismissDuplicate } from "./api/dismiss-duplicate";
import { type Duplicate, useDuplicates } from "./api/duplicates";
import { useFindDuplicates } from "./api/find-duplicates";
import type { Contact } from "./api/list";
import { nameOf } from "./contact";
import { MergeDialog } from "./merge-dialog";

const sources: Record<Duplicate["source"], string> = {
  whatsapp: "WhatsApp or a file named both together",
  email: "The same email",
  phone: "The same number, written in two ways",
};

/** Contacts that may be one person, to be merged or told apart. */
export function DuplicatesScreen() {
  const list = usePagedRows(useDuplicates());
  const canWrite = useCan("contact.write");
  const [merging, setMerging] = useState<Duplicate>();
  useFound();
  return (
    <Page
      title="Duplicates"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={canWrite && <FindButton />}
    >
      {!list.loading && !list.error && list.rows.length === 0 ? (
        <EmptyState
          icon={GitMerge}
          title="No duplicates known"
          className="flex-1"
          action={canWrite && <FindButton />}
        >
          Look through all contacts for the same email, or the same number written in two ways.
        </EmptyState>
      ) : (
        <PageBody width="form">
          {list.error ? <ProblemAlert error={list.error} onRetry={list.onRetry} /> : null}
          {list.loading && (
            <div role="status" aria-label="Loading duplicates" className="flex flex-col gap-4">
              <Skeleton className="h-32" />
              <Skeleton className="h-32" />
            </div>
          )}
          {list.rows.map((pair) => (
            <Pair
              key={pair.contact.id + pair.other.id}
              pair={pair}
              canWrite={canWrite}
              onMerge={() => setMerging(pair)}
            />
          ))}
          {list.hasMore && (
            <Button className="self-center" loading={list.loadingMore} onClick={list.onLoadMore}>
              Show more
            </Button>
          )}
        </PageBody>
      )}
      {merging && (
        <MergeDialog
          contact={merging.contact}
          other={merging.other}
          onOpenChange={(open) => !open && setMerging(undefined)}
        />
      )}
    </Page>
  );
}

// The search tells the workspace when it has ended.
function useFound() {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["get", "/api/duplicates"] });
  useRealtime<{ duplicates?: string }>("contacts", {
    onEvent: ({ duplicates }) => {
      if (!duplicates) return;
      again();
      toast.success("All contacts were looked through");
    },
    onGap: again,
  });
}

function FindButton() {
  const find = useFindDuplicates();
  const begin = () =>
    find.mutate(
      {},
      {
        onSuccess: () => toast.success("Looking through all contacts", { description: "Pairs appear here." }),
        onError: (error) => toast.error("Could not look", { description: error.detail }),
      },
    );
  return (
    <Button loading={find.isPending} onClick={begin}>
      <Search /> Look for duplicates
    </Button>
  );
}

function Pair({ pair, canWrite, onMerge }: { pair: Duplicate; canWrite: boolean; onMerge: () => void }) {
  const dismiss = useDismissDuplicate();
  const names = `${nameOf(pair.contact)} and ${nameOf(pair.other)}`;
  const apart = () =>
    dismiss.mutate(
      { body: { contactId: pair.contact.id, otherId: pair.other.id } },
      { onError: (error) => toast.error("Could not tell them apart", { description: error.detail }) },
    );
  return (
    <Card role="group" aria-label={names}>
      <div className="grid gap-px sm:grid-cols-2">
        <Side contact={pair.contact} />
        <Side contact={pair.other} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t px-4 py-2.5">
        <Badge tone="neutral">{sources[pair.source]}</Badge>
        {canWrite && (
          <div className="flex gap-2">
            <Button size="sm" loading={dismiss.isPending} onClick={apart}>
              Two people
            </Button>
            <Button size="sm" variant="primary" onClick={onMerge}>
              <GitMerge /> Merge
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function Side({ contact }: { contact: Contact }) {
  return (
    <div className="min-w-0 p-4">
      <Link
        to="/contacts/$id"
        params={{ id: contact.id }}
        className="block truncate font-medium text-sm hover:underline"
      >
        <span dir="auto">{nameOf(contact)}</span>
      </Link>
      <p className="truncate text-muted-foreground text-xs">
        {[contact.phone && formatPhone(contact.phone), contact.bsuid, contact.email]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="truncate text-muted-foreground text-xs" dir="auto">
        {contact.tags.map(({ name }) => name).join(", ")}
      </p>
    </div>
  );
}
