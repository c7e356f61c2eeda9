import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";
import { Card } from "./card";
import { Skeleton } from "./skeleton";
import { type ChartColor, Sparkline } from "./sparkline";

/** Figures as one card with hairlines between: two columns on phones, four at most. */
export function StatGroup({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <Card className={cn("overflow-hidden", className)}>
      <ul className="-mr-px -mb-px grid grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        {children}
      </ul>
    </Card>
  );
}

interface StatProps {
  label: ReactNode;
  /** Already formatted; undefined shows a skeleton. */
  value: ReactNode | undefined;
  /** The change, already formatted ("12.4%"), which way it went and whether that is welcome. */
  delta?: { text: string; direction: "up" | "down"; good: boolean };
  /** What the change is compared with, or any quiet line. */
  note?: ReactNode;
  /** Values over time, oldest first. */
  spark?: number[];
  color?: ChartColor;
  /** Opens the people behind the number. */
  onClick?: () => void;
}

export function Stat({ label, value, delta, note, spark, color = 1, onClick }: StatProps) {
  return (
    <li
      className={cn(
        "relative flex min-w-0 items-center justify-between gap-3 border-r border-b px-4 py-3.5",
        onClick && "transition-colors hover:bg-muted/60",
      )}
    >
      <div className="min-w-0">
        <p className="truncate text-muted-foreground text-xs">
          {onClick ? (
            <button
              type="button"
              onClick={onClick}
              className="outline-none after:absolute after:inset-0 focus-visible:after:ring-2 focus-visible:after:ring-ring focus-visible:after:ring-inset"
            >
              {label}
            </button>
          ) : (
            label
          )}
        </p>
        <div className="truncate font-semibold text-xl tracking-title sm:text-2xl">
          {value === undefined ? <Skeleton className="my-1.5 h-5 w-24" /> : value}
        </div>
        {(delta || note) && (
          <p className="flex flex-wrap items-center gap-x-1.5 text-muted-foreground text-xs">
            {delta && <Delta {...delta} />}
            {note}
          </p>
        )}
      </div>
      {spark && spark.length > 1 && (
        <Sparkline values={spark} color={color} className="w-20 shrink-0 max-sm:hidden" />
      )}
    </li>
  );
}

function Delta({ text, direction, good }: NonNullable<StatProps["delta"]>) {
  const Arrow = direction === "up" ? ArrowUpRight : ArrowDownRight;
  return (
    <span className={cn("inline-flex items-center", good ? "text-success" : "text-warning")}>
      <Arrow aria-hidden className="size-3.5" />
      <span className="sr-only">{direction} </span>
      {text}
    </span>
  );
}
