import { cn } from "@aerostic/ui/lib/cn";
import { formatNumber } from "@aerostic/ui/lib/format";
import { Segmented } from "@aerostic/ui/segmented";
import { useCounts } from "../api/counts";
import type { Tab } from "../filter";

/** Whose conversations; the counts are of open ones. */
export function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const { data } = useCounts();
  return (
    <Segmented
      fill
      label="Whose conversations"
      value={tab}
      onValueChange={onTab}
      className="[&>button]:px-1"
      options={[
        { value: "all", label: "All" },
        { value: "mine", label: <Counted name="Mine" count={data?.mine} /> },
        { value: "unassigned", label: <Counted name="New" title="Unassigned" count={data?.unassigned} /> },
        { value: "unread", label: <Counted name="Unread" count={data?.unread} /> },
        { value: "mentions", label: <Counted name="@" title="Mentions" count={data?.mentions} strong /> },
      ]}
    />
  );
}

function Counted({
  name,
  title,
  count = 0,
  strong,
}: {
  name: string;
  title?: string;
  count?: number;
  strong?: boolean;
}) {
  return (
    <span title={title}>
      <span aria-hidden={title ? true : undefined}>{name}</span>
      {title && <span className="sr-only">{title}</span>}
      {count > 0 && (
        <span className={cn("ml-1 text-2xs", strong ? "text-warning" : "text-subtle-foreground")}>
          {count > 99 ? "99+" : formatNumber(count)}
        </span>
      )}
    </span>
  );
}
