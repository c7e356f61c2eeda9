import { Alert } from "@aerostic/ui/alert";
import { formatCount } from "@aerostic/ui/lib/format";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { useWaits } from "../api/timing";

/** More times than one wants to read are summed up. */
const shown = 4;

/** "1,204 people wait until 09:00": for their own time, quiet hours or the daily limit. */
export function WaitsNote({ campaign }: { campaign: Campaign }) {
  const format = useFormat();
  const { data } = useWaits(campaign.id, campaign.status === "running");
  const waits = data?.waits ?? [];
  if (campaign.status !== "running" || waits.length === 0) return null;
  const rest = waits.slice(shown).reduce((sum, { people }) => sum + people, 0);
  const people = (n: number) => `${formatCount(n, "person waits", "people wait")}`;
  return (
    <Alert
      tone="info"
      title={`${people(waits[0]?.people ?? 0)} until ${format.dateTime(waits[0]?.until ?? "")}`}
    >
      {waits.length > 1 && (
        <ul className="mb-1">
          {waits.slice(1, shown).map((wait) => (
            <li key={wait.until}>
              {people(wait.people)} until {format.dateTime(wait.until)}
            </li>
          ))}
          {rest > 0 && <li>{people(rest)} longer than that</li>}
        </ul>
      )}
      {campaign.localAt
        ? "Everybody gets it when their own clock shows the time."
        : "For the end of quiet hours, or for the portfolio's daily limit. It goes on by itself."}
    </Alert>
  );
}
