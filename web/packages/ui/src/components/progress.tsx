import type { ReactNode } from "react";
import { cn } from "../lib/cn";
import { formatPercent } from "../lib/format";

const tones = {
  primary: "bg-primary",
  1: "bg-chart-1",
  2: "bg-chart-2",
  3: "bg-chart-3",
  4: "bg-chart-4",
  5: "bg-chart-5",
};

export type ProgressTone = keyof typeof tones;

interface ProgressProps {
  value: number;
  max?: number;
  /** Names the bar for screen readers. */
  label: string;
  tone?: ProgressTone;
  className?: string;
}

export function Progress({ value, max = 100, label, tone = "primary", className }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-muted", className)}
    >
      <div
        className={cn("h-full rounded-full transition-[width]", tones[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}

/** A bar with its words above: what, and how far. For imports, uploads and sending. */
export function LabelledProgress({
  title,
  detail,
  ...props
}: ProgressProps & { title: ReactNode; detail?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span className="min-w-0 truncate font-medium">{title}</span>
        <span className="shrink-0 text-muted-foreground text-xs">
          {detail ?? formatPercent(props.value, props.max ?? 100, 0)}
        </span>
      </div>
      <Progress {...props} />
    </div>
  );
}

/** A short bar with its percentage, for table cells; "–" when there is no whole yet. */
export function RateBar({
  part,
  whole,
  label,
  tone = 1,
}: {
  part: number;
  whole: number;
  label: string;
  tone?: ProgressTone;
}) {
  if (whole <= 0) return <span className="text-muted-foreground">–</span>;
  return (
    <span className="flex items-center gap-2">
      <Progress value={part} max={whole} label={label} tone={tone} className="h-1 w-13" />
      <span>{formatPercent(part, whole)}</span>
    </span>
  );
}
