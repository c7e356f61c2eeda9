import { Avatar } from "@aerostic/ui/avatar";
import { Button } from "@aerostic/ui/button";
import { EmptyState } from "@aerostic/ui/empty-state";
import { cn } from "@aerostic/ui/lib/cn";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useSearch } from "../api/search";
import { markWords } from "../mark-words";
import type { ConversationRow } from "../model";
import { nameOfPerson } from "../preview";
import { shortAge, useNow } from "../when";

/** People and messages that were found; a message opens its conversation where it stands. */
export function SearchResults({ q, activeId }: { q: string; activeId?: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useSearch(q);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} className="mx-3" />;
  const people = (data?.pages[0]?.people ?? []) as ConversationRow[];
  const said = data?.pages.flatMap((page) => page.said.items ?? []) ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label="Results" tabIndex={0} className="scroll-pane min-h-0 flex-1 px-2 pb-2 outline-none">
      {!data && (
        <div role="status" aria-label="Loading results" className="flex flex-col gap-2 px-1">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      )}
      {data && people.length + said.length === 0 && (
        <EmptyState icon={SearchX} title="Nothing found">
          Try the beginning of a name or of a word, or fewer words.
        </EmptyState>
      )}
      {people.length > 0 && (
        <Group title="People">
          {people.map((row) => (
            <Result key={row.id} row={row} active={row.id === activeId}>
              {row.contact.phone && formatPhone(row.contact.phone)}
            </Result>
          ))}
        </Group>
      )}
      {said.length > 0 && (
        <Group title="Messages and notes">
          {said.map(({ id, type, at, text, conversation }) => (
            <Result key={id} row={conversation as ConversationRow} message={id} at={at} active={false}>
              {type === "note" && <Lock aria-label="Note" className="mr-1 inline size-3 text-warning" />}
              <Marked text={text} q={q} />
            </Result>
          ))}
        </Group>
      )}
      {hasNextPage && (
        <Button
          variant="ghost"
          size="sm"
          className="mx-auto flex"
          loading={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </section>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2 className="px-2 pt-2 pb-1 font-medium text-2xs text-muted-foreground">{title}</h2>
      <ul>{children}</ul>
    </>
  );
}

function Result({
  row,
  message,
  at,
  active,
  children,
}: {
  row: ConversationRow;
  message?: string;
  at?: string;
  active: boolean;
  children: ReactNode;
}) {
  const now = useNow();
  const name = nameOfPerson(row.contact);
  return (
    <li>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: row.id }}
        search={(old) => ({ ...old, message }) as never}
        data-conversation={row.id}
        className={cn(
          "focus-ring flex min-h-14 items-center gap-3 rounded-lg border border-transparent px-2 py-1.5 hover:bg-accent/70",
          active && "bg-primary-soft",
        )}
      >
        <Avatar name={name} size="lg" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate font-medium text-sm">{name}</bdi>
            {at && <span className="text-2xs text-muted-foreground">{shortAge(at, now)}</span>}
          </span>
          <span dir="auto" className="line-clamp-2 text-muted-foreground text-sm">
            {children}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Marked({ text, q }: { text: string; q: string }) {
  return markWords(text, q).map(({ text: part, found }, index) =>
    found ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity and hold no state
      <mark key={index} className="rounded-xs bg-warning-soft text-foreground">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
