import { scaleLinear } from "d3-scale";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useElementWidth } from "../hooks/use-element-width";
import { formatCompact, formatNumber } from "../lib/format";
import {
  Axes,
  type ChartPoint,
  type ChartSeries,
  Cursor,
  highest,
  margin,
  NumbersTable,
  Readout,
  SeriesPath,
} from "./line-chart-parts";
import { chartColor } from "./sparkline";

export type { ChartPoint, ChartSeries };

interface LineChartProps {
  /** What the chart shows, for screen readers; they also get the numbers as a table. */
  label: string;
  series: ChartSeries[];
  /** Oldest first, evenly spaced. */
  points: ChartPoint[];
  /** CSS pixels. */
  height?: number;
  formatValue?: (value: number) => string;
  formatAxis?: (value: number) => string;
}

/** Lines over soft areas with a shared cursor: mouse, touch, or arrow keys. */
export function LineChart(props: LineChartProps) {
  const {
    label,
    series,
    points,
    height = 240,
    formatValue = formatNumber,
    formatAxis = formatCompact,
  } = props;
  const [ref, width] = useElementWidth<HTMLDivElement>(640);
  const [cursor, setCursor] = useState<number>();
  const last = points.length - 1;
  const x = scaleLinear([0, Math.max(1, last)], [margin.left, width - margin.right]);
  const y = scaleLinear([0, highest(series, points)], [height - margin.bottom, margin.top]).nice(3);

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setCursor(Math.min(last, Math.max(0, Math.round(x.invert(left)))));
  };
  const step = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    setCursor((at) => Math.min(last, Math.max(0, (at ?? last) + (at === undefined ? 0 : move))));
  };

  return (
    <div ref={ref} className="relative min-w-0">
      <svg
        role="img"
        aria-label={`${label}. Use the left and right arrow keys to read values.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the cursor
        tabIndex={0}
        width={width}
        height={height}
        className="block max-w-full rounded-md outline-none focus-visible:ring-2 focus-visible:ring-ring/40"
        onPointerMove={point}
        onPointerLeave={() => setCursor(undefined)}
        onKeyDown={step}
        onBlur={() => setCursor(undefined)}
      >
        <Axes x={x} y={y} points={points} width={width} height={height} formatAxis={formatAxis} />
        {series.map((one) => (
          <SeriesPath key={one.key} series={one} points={points} x={x} y={y} />
        ))}
        {cursor !== undefined && <Cursor x={x} y={y} series={series} point={points[cursor]} index={cursor} />}
      </svg>
      {cursor !== undefined && points[cursor] && (
        <Readout
          series={series}
          point={points[cursor]}
          left={x(cursor)}
          width={width}
          formatValue={formatValue}
        />
      )}
      <NumbersTable label={label} series={series} points={points} formatValue={formatValue} />
    </div>
  );
}

/** The names of the series, for the card's header. */
export function ChartLegend({ series }: { series: ChartSeries[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
      {series.map((one) => (
        <li key={one.key} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-xs" style={{ background: chartColor(one.color) }} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}
