import { Badge } from "@aerostic/ui/badge";
import { formatCount, formatDuration } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useFormat } from "@/lib/format";
import { useCases } from "../api/cases";
import { useNames } from "../names";

type Case = NonNullable<ReturnType<typeof useCases>["data"]>["items"][number];

/** How often this person came and what became of it, the latest first. */
export function Cases({ conversationId }: { conversationId: string }) {
  const { data, error, refetch } = useCases(conversationId);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  if (data.items.length === 0) return <p className="text-muted-foreground text-sm">No case yet.</p>;
  return (
    <ol aria-label="Cases" className="flex flex-col gap-3">
      {data.items.map((one) => (
        <OneCase key={one.id} case={one} />
      ))}
    </ol>
  );
}

function OneCase({ case: one }: { case: Case }) {
  const format = useFormat();
  const names = useNames();
  const { openedAt, resolvedAt, firstReplyAt } = one;
  const seconds = firstReplyAt && (Date.parse(firstReplyAt) - Date.parse(openedAt)) / 1000;
  return (
    <li className="flex flex-col gap-0.5 rounded-lg border px-3 py-2 text-sm">
      <span className="flex items-center gap-2">
        <time dateTime={openedAt} className="font-medium">
          {format.date(openedAt)}
        </time>
        <Badge tone={resolvedAt ? "neutral" : "primary"} className="ml-auto">
          {resolvedAt ? (names.reason(one.reasonId) ?? "Resolved") : "Runs"}
        </Badge>
      </span>
      <span className="text-muted-foreground text-xs">
        {formatCount(one.messagesIn, "message")} in, {one.messagesOut} out
        {one.assigneeId && ` · ${names.member(one.assigneeId) ?? "A former member"}`}
      </span>
      {seconds !== undefined && seconds !== "" && (
        <span className="text-muted-foreground text-xs">
          First answer after {formatDuration(Number(seconds))}
        </span>
      )}
      {one.closingNote && <bdi>{one.closingNote}</bdi>}
    </li>
  );
}
