import type { ScaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import { useId } from "react";
import { type ChartColor, chartColor } from "./sparkline";

export interface ChartSeries {
  key: string;
  label: string;
  color: ChartColor;
}

export interface ChartPoint {
  /** What the x axis says here, already formatted: "12 Nov". */
  label: string;
  values: Record<string, number>;
}

/** CSS pixels around the plot, for the axes. */
export const margin = { top: 8, right: 4, bottom: 24, left: 44 };

export type Scale = ScaleLinear<number, number>;

export function highest(series: ChartSeries[], points: ChartPoint[]): number {
  return Math.max(1, ...points.flatMap((point) => series.map((one) => point.values[one.key] ?? 0)));
}

/** What is drawn is counted, in pieces or seconds: there is no half of one. */
export const wholeTicks = (y: Scale) => y.ticks(3).filter(Number.isInteger);

interface AxesProps {
  x: Scale;
  y: Scale;
  points: ChartPoint[];
  width: number;
  height: number;
  formatAxis: (value: number) => string;
}

export function Axes({ x, y, points, width, height, formatAxis }: AxesProps) {
  const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(width / 90))));
  return (
    <g className="fill-muted-foreground text-2xs">
      {wholeTicks(y).map((tick) => (
        <g key={tick}>
          <line
            x1={margin.left}
            x2={width - margin.right}
            y1={y(tick)}
            y2={y(tick)}
            className="stroke-border"
          />
          <text x={margin.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
            {formatAxis(tick)}
          </text>
        </g>
      ))}
      {points.map((point, index) =>
        (points.length - 1 - index) % every === 0 ? (
          <text
            key={point.label}
            x={x(index)}
            y={height - 6}
            textAnchor={index === points.length - 1 ? "end" : "middle"}
          >
            {point.label}
          </text>
        ) : null,
      )}
    </g>
  );
}

export function SeriesPath({
  series,
  points,
  x,
  y,
}: {
  series: ChartSeries;
  points: ChartPoint[];
  x: Scale;
  y: Scale;
}) {
  const gradient = useId();
  const at = (point: ChartPoint) => y(point.values[series.key] ?? 0);
  const stroke = line<ChartPoint>((_, index) => x(index), at).curve(curveMonotoneX)(points) ?? "";
  const fill = area<ChartPoint>((_, index) => x(index), y(0), at).curve(curveMonotoneX)(points) ?? "";
  return (
    <g>
      <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" stopColor={chartColor(series.color)} stopOpacity={0.2} />
        <stop offset="1" stopColor={chartColor(series.color)} stopOpacity={0.01} />
      </linearGradient>
      <path d={fill} fill={`url(#${gradient})`} />
      <path
        d={stroke}
        fill="none"
        stroke={chartColor(series.color)}
        strokeWidth={1.75}
        strokeLinejoin="round"
      />
    </g>
  );
}

export function Cursor({
  x,
  y,
  series,
  point,
  index,
}: {
  x: Scale;
  y: Scale;
  series: ChartSeries[];
  point?: ChartPoint;
  index: number;
}) {
  const [bottom, top] = y.range();
  return (
    <g aria-hidden>
      <line x1={x(index)} x2={x(index)} y1={top} y2={bottom} className="stroke-input" />
      {series.map((one) => (
        <circle
          key={one.key}
          cx={x(index)}
          cy={y(point?.values[one.key] ?? 0)}
          r={3.5}
          fill={chartColor(one.color)}
          className="stroke-2 stroke-card"
        />
      ))}
    </g>
  );
}

interface ReadoutProps {
  series: ChartSeries[];
  point: ChartPoint;
  left: number;
  width: number;
  formatValue: (value: number) => string;
}

export function Readout({ series, point, left, width, formatValue }: ReadoutProps) {
  const side = left > width / 2 ? { right: width - left + 10 } : { left: left + 10 };
  return (
    <div
      aria-live="polite"
      style={side}
      className="pointer-events-none absolute top-2 min-w-36 rounded-lg border bg-popover p-2.5 text-xs shadow-md"
    >
      <p className="mb-1 font-medium">{point.label}</p>
      {series.map((one) => (
        <p key={one.key} className="flex items-center gap-2">
          <span aria-hidden className="size-2 rounded-xs" style={{ background: chartColor(one.color) }} />
          <span className="flex-1 text-muted-foreground">{one.label}</span>
          <span className="font-medium">{formatValue(point.values[one.key] ?? 0)}</span>
        </p>
      ))}
    </div>
  );
}

interface NumbersTableProps {
  label: string;
  series: ChartSeries[];
  points: ChartPoint[];
  formatValue: (value: number) => string;
}

/** The same numbers for screen readers. */
export function NumbersTable({ label, series, points, formatValue }: NumbersTableProps) {
  return (
    <div className="sr-only">
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {series.map((one) => (
              <th key={one.key} scope="col">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.label}>
              <th scope="row">{point.label}</th>
              {series.map((one) => (
                <td key={one.key}>{formatValue(point.values[one.key] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
