interface Part {
  label: string;
  value: number;
  /** A background class: "bg-chart-1". */
  color: string;
}

/** One bar of everybody, in parts; what is left of it is what still waits. */
export function StackedBar({ label, parts, total }: { label: string; parts: Part[]; total: number }) {
  const done = parts.reduce((sum, { value }) => sum + value, 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={parts.map((part) => `${part.label} ${part.value}`).join(", ")}
      className="flex h-2.5 w-full gap-px overflow-hidden rounded-full bg-muted"
    >
      {parts
        .filter(({ value }) => value > 0)
        .map((part) => (
          <span
            key={part.label}
            className={`h-full transition-[width] ${part.color}`}
            style={{ width: `${total > 0 ? (part.value / total) * 100 : 0}%` }}
          />
        ))}
    </div>
  );
}

/** What the colours of the bar mean, with their numbers. */
export function StackedLegend({ parts, format }: { parts: Part[]; format: (value: number) => string }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
      {parts.map(({ label, value, color }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-xs ${color}`} />
          {label} <span className="font-medium text-foreground">{format(value)}</span>
        </li>
      ))}
    </ul>
  );
}
