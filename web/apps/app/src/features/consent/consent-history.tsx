import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { CopyButton } from "@aerostic/ui/copy-button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useFormat } from "@/lib/format";
import { type ConsentRecord, useConsentHistory } from "./api/history";
import { usePreferencesLink } from "./api/link";
import { actorOf, titleOf, wayOf } from "./record";

/** What a contact agreed to and took back, with the proof of each, and the way to their own page. */
export function ConsentHistory({ contactId }: { contactId: string }) {
  const history = useConsentHistory(contactId);
  const link = usePreferencesLink(contactId);
  const records = history.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="flex flex-col gap-3">
      {history.error && <ProblemAlert error={history.error} onRetry={() => history.refetch()} />}
      {history.isPending && (
        <div role="status" aria-label="Loading the consent record">
          <Skeleton className="h-16" />
        </div>
      )}
      {history.data && records.length === 0 && (
        <p className="text-muted-foreground text-sm">
          Nothing recorded yet. An import, a form, a STOP or their preference page adds to it.
        </p>
      )}
      {records.length > 0 && (
        <ol className="flex flex-col gap-3" aria-label="Consent record">
          {records.map((record) => (
            <Entry key={record.id} record={record} />
          ))}
        </ol>
      )}
      {history.hasNextPage && (
        <Button size="sm" loading={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
          Show older
        </Button>
      )}
      {link.data && (
        <p className="flex items-center gap-1 text-muted-foreground text-xs">
          <a href={link.data.url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
            Their preference page
          </a>
          <CopyButton value={link.data.url} what="link to the preference page" />
        </p>
      )}
    </div>
  );
}

function Entry({ record }: { record: ConsentRecord }) {
  const format = useFormat();
  const { state, at, source, shown, evidence, withdrawnAt } = record;
  return (
    <li className="flex flex-col gap-0.5 border-l-2 pl-3 text-sm">
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium" dir="auto">
          {titleOf(record)}
        </span>
        {state === "in" && withdrawnAt && <Badge>Withdrawn {format.date(withdrawnAt)}</Badge>}
      </span>
      <span className="text-muted-foreground text-xs">
        {format.dateTime(at)} · {actorOf(record)}, {wayOf(record)}
        {source && ` · ${source}`}
      </span>
      {evidence && (
        <span className="whitespace-pre-wrap break-words text-xs" dir="auto">
          “{evidence}”
        </span>
      )}
      {shown && (
        <span className="break-words text-muted-foreground text-xs" dir="auto">
          Text shown: {shown}
        </span>
      )}
    </li>
  );
}
