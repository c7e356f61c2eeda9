import { formatNumber, formatPercent } from "../lib/format";

export interface FunnelStage {
  label: string;
  value: number;
  /** Opens the people of this stage. */
  onClick?: () => void;
}

/** How many of the first stage reached each later one. */
export function Funnel({ stages }: { stages: FunnelStage[] }) {
  const whole = stages[0]?.value ?? 0;
  return (
    <ol className="flex flex-col gap-1.5">
      {stages.map((stage) => (
        <li key={stage.label} className="relative flex h-9 items-center gap-3 rounded-md px-2.5 text-sm">
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 min-w-1.5 rounded-md bg-primary-soft transition-[width]"
            style={{ width: `${whole > 0 ? Math.min(100, (stage.value / whole) * 100) : 0}%` }}
          />
          <span className="relative min-w-0 flex-1 truncate">
            {stage.onClick ? (
              <button
                type="button"
                onClick={stage.onClick}
                className="rounded-sm outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {stage.label}
              </button>
            ) : (
              stage.label
            )}
          </span>
          <span className="relative text-muted-foreground text-xs">{formatPercent(stage.value, whole)}</span>
          <span className="relative min-w-14 text-right font-medium">{formatNumber(stage.value)}</span>
        </li>
      ))}
    </ol>
  );
}
