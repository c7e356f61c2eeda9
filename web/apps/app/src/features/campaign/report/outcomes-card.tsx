import { Card, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { formatNumber } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { Campaign } from "../api/campaigns";
import { type OutcomeRow, outcomes } from "../counts";

const dots: Record<string, string> = {
  info: "bg-info",
  success: "bg-success",
  primary: "bg-primary/50",
  neutral: "bg-muted-foreground/40",
  warning: "bg-warning",
  danger: "bg-destructive",
};

/** Everybody in exactly one row; rows of nobody are left out, and the rest sums to the total. */
export function OutcomesCard({ campaign: { id, counts } }: { campaign: Campaign }) {
  const rows = outcomes(counts).filter(({ value }) => value > 0);
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Where everybody is now" description="Each person counts once" divided />
      <ul className="flex-1 divide-y">
        {rows.map((row) => (
          <li key={row.group}>
            <Row id={id} row={row} />
          </li>
        ))}
        {rows.length === 0 && <li className="px-4 py-3 text-muted-foreground">Nobody yet</li>}
      </ul>
      <p className="flex justify-between border-t bg-muted/60 px-4 py-2.5 font-medium text-sm">
        <span>Together</span>
        <span className="pr-6">{formatNumber(counts.total)}</span>
      </p>
    </Card>
  );
}

function Row({ id, row }: { id: string; row: OutcomeRow }) {
  return (
    <Link
      to="/campaigns/$id/people"
      params={{ id }}
      search={{ outcome: row.group }}
      className="flex items-center gap-3 px-4 py-2 outline-none hover:bg-muted/60 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
    >
      <span aria-hidden className={cn("size-2 shrink-0 rounded-full", dots[row.tone])} />
      <span className="min-w-0 flex-1">
        <span className="block text-sm">{row.label}</span>
        <span className="block text-muted-foreground text-xs">{row.hint}</span>
      </span>
      <span className="font-medium">{formatNumber(row.value)}</span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
    </Link>
  );
}
