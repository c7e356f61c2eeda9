import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { useId } from "react";
import { cn } from "../lib/cn";

/** 1 delivered, 2 read, 3 replied, 4 spend, 5 failed: the same everywhere. */
export type ChartColor = 1 | 2 | 3 | 4 | 5;

export const chartColor = (color: ChartColor) => `var(--chart-${color})`;

const [width, height] = [80, 28];

/** The shape of a trend beside its figure. Decorative: the figure says the value. */
export function Sparkline({
  values,
  color = 1,
  className,
}: {
  values: number[];
  color?: ChartColor;
  className?: string;
}) {
  const gradient = useId();
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = scaleLinear([0, values.length - 1], [1, width - 3]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [height - 3, 3]);
  const path = line<number>((_, index) => x(index), y).curve(curveMonotoneX)(values) ?? "";
  const fill = area<number>((_, index) => x(index), height, y).curve(curveMonotoneX)(values) ?? "";
  const last = values.at(-1) ?? 0;
  return (
    <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className={cn("overflow-visible", className)}>
      <defs>
        <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={chartColor(color)} stopOpacity={0.18} />
          <stop offset="1" stopColor={chartColor(color)} stopOpacity={0.06} />
        </linearGradient>
      </defs>
      <path d={fill} fill={`url(#${gradient})`} />
      <path d={path} fill="none" stroke={chartColor(color)} strokeWidth={1.5} strokeLinecap="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r={2} fill={chartColor(color)} />
    </svg>
  );
}
