import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { useFormat } from "@/lib/format";
import { type LogEntry, useCampaignLog } from "../api/approval";

const words: Record<LogEntry["kind"], string> = {
  approval_requested: "asked for an approval",
  approval_approved: "approved it",
  approval_rejected: "rejected it",
  approval_withdrawn: "took the asking back",
  approval_void: "changed the draft, which took the approval back",
  cap_overridden: "overrode the frequency cap",
  cap_kept: "kept to the frequency cap again",
  started: "started it",
  paused: "paused it",
  halted: "paused it",
  resumed: "resumed it",
  cancelled: "cancelled it",
};

/** Who decided what about what the campaign may do. */
export function LogCard({ id }: { id: string }) {
  const format = useFormat();
  const { data } = useCampaignLog(id);
  if (!data?.items?.length) return null;
  return (
    <Card>
      <CardHeader title="Decisions" description="Kept on record" />
      <CardBody>
        <ol className="flex flex-col divide-y">
          {data.items.map((entry) => (
            <li key={`${entry.at} ${entry.kind}`} className="py-2 text-sm first:pt-0 last:pb-0">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span>
                  <span dir="auto">{entry.by?.name || "Aerostic"}</span> {words[entry.kind]}
                </span>
                <span className="text-muted-foreground text-xs">{format.dateTime(entry.at)}</span>
              </p>
              {entry.detail && (
                <p className="text-muted-foreground" dir="auto">
                  {entry.detail}
                </p>
              )}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
