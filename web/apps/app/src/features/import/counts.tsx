import { formatNumber } from "@aerostic/ui/lib/format";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import type { Import } from "./api/list";

/** What became of the rows; the four figures add up to the rows read. */
export function Counts({ data }: { data: Import }) {
  return (
    <StatGroup>
      <Stat
        label={data.dryRun ? "Would be added" : "Added"}
        value={formatNumber(data.created)}
        note="New contacts"
      />
      <Stat
        label={data.dryRun ? "Would be updated" : "Updated"}
        value={formatNumber(data.updated)}
        note="Were contacts already"
      />
      <Stat
        label={data.dryRun ? "Would be skipped" : "Skipped"}
        value={formatNumber(data.duplicate)}
        note="Repeated or unchanged"
      />
      <Stat
        label="Need fixing"
        value={
          <span className={data.invalid > 0 ? "text-warning" : undefined}>{formatNumber(data.invalid)}</span>
        }
        note={data.dryRun ? "Would not be imported" : "Not imported"}
      />
    </StatGroup>
  );
}
