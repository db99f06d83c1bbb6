"use client";

import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../button";
import { cn } from "../cn";
import { ticks } from "./scale";

export interface ChartSeries {
  id: string;
  label: string;
  /** Tailwind class of the bars: a colour that differs from its neighbour in lightness too. */
  className: string;
}

export interface ChartPoint {
  id: string;
  /** Below the column, short. */
  label: string;
  /** In the table and for the ear, in full. */
  longLabel: string;
  /** One per series, each with the list that it counts. */
  values: { value: number; text: string; href: string }[];
}

interface ColumnChartProps {
  /** What the chart shows; heading of its table. */
  title: string;
  /** Heading of the table's first column. */
  pointTitle: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  /** Writes a number on the axis. */
  formatTick: (value: number) => string;
}

const HEIGHT = 160;

/** Columns over time. Each bar is a link to what it counts, and a table says the same in numbers. */
export function ColumnChart(props: ColumnChartProps) {
  const t = useTranslations("ui.chart");
  const [isTable, setTable] = useState(false);
  return (
    <figure className="flex flex-col gap-3">
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1">
        {props.series.length > 1 ? <Legend series={props.series} /> : null}
        <Button
          size="sm"
          variant="ghost"
          className="ms-auto -me-2"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? t("asChart") : t("asTable")}
        </Button>
      </div>
      {isTable ? <Numbers {...props} /> : <Columns {...props} />}
    </figure>
  );
}

function Legend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {series.map(({ id, label, className }) => (
        <li key={id} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={cn("size-2.5 rounded-xs", className)} />
          {label}
        </li>
      ))}
    </ul>
  );
}

function Columns({ title, series, points, formatTick }: ColumnChartProps) {
  const lines = ticks(
    Math.max(...points.flatMap(({ values }) => values.map(({ value }) => value))),
  );
  const top = lines.at(-1) ?? 1;
  return (
    <div className="flex gap-2 text-2xs text-faint">
      <div aria-hidden className="relative w-9 shrink-0" style={{ height: HEIGHT }}>
        {lines.map((line) => (
          <span
            key={line}
            className="tabular absolute end-0 translate-y-1/2 whitespace-nowrap leading-none"
            style={{ bottom: `${(line / top) * 100}%` }}
          >
            {formatTick(line)}
          </span>
        ))}
      </div>
      <div className="min-w-0 flex-1">
        <div className="relative" style={{ height: HEIGHT }}>
          <svg aria-hidden className="absolute inset-0 size-full overflow-visible">
            <title>{title}</title>
            {lines.map((line) => (
              <line
                key={line}
                x1="0"
                x2="100%"
                y1={HEIGHT - (line / top) * HEIGHT}
                y2={HEIGHT - (line / top) * HEIGHT}
                className="stroke-line"
              />
            ))}
          </svg>
          <ul aria-label={title} className="absolute inset-0 flex gap-px sm:gap-1">
            {points.map((point) => (
              <li key={point.id} className="flex min-w-0 flex-1 items-end justify-center gap-px">
                {point.values.map(({ value, text, href }, at) => (
                  <Bar
                    key={series[at]?.id}
                    name={`${point.longLabel}, ${series[at]?.label}: ${text}`}
                    href={href}
                    share={value / top}
                    className={series[at]?.className}
                  />
                ))}
              </li>
            ))}
          </ul>
        </div>
        <div aria-hidden className="mt-1.5 flex gap-px sm:gap-1">
          {points.map(({ id, label }, at) => (
            // Every other label goes where there is no room for all.
            <span
              key={id}
              className={cn(
                "min-w-0 flex-1 text-center whitespace-nowrap",
                (points.length - 1 - at) % 2 === 1 && "invisible sm:visible",
              )}
            >
              {label}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

interface BarProps {
  name: string;
  href: string;
  /** 0 to 1 of the chart's height. */
  share: number;
  className: string | undefined;
}

/**
 * The link is as high as the chart, so that a small bar is no small target. Two bars of a month are still
 * narrow ones, so the keyboard goes by the table, whose links are the same.
 */
function Bar({ name, href, share, className }: BarProps) {
  if (share === 0) {
    return <span role="img" aria-label={name} title={name} className="h-full max-w-6 flex-1" />;
  }
  return (
    <Link
      href={href}
      prefetch={false}
      tabIndex={-1}
      aria-label={name}
      title={name}
      className="group flex h-full max-w-6 flex-1 items-end rounded-xs hover:bg-hover"
    >
      <span
        className={cn("w-full rounded-t-xs group-hover:opacity-80", className)}
        style={{ height: `max(2px, ${share * 100}%)` }}
      />
    </Link>
  );
}

function Numbers({ title, pointTitle, series, points }: ColumnChartProps) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="border-b text-xs text-muted">
          <th scope="col" className="py-1 text-start font-medium">
            {pointTitle}
          </th>
          {series.map(({ id, label }) => (
            <th key={id} scope="col" className="py-1 ps-3 text-end font-medium">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.id} className="border-b last:border-0">
            <th scope="row" className="py-1 text-start font-normal">
              {point.longLabel}
            </th>
            {point.values.map(({ value, text, href }, at) => (
              <td key={series[at]?.id} className="tabular py-1 ps-3 text-end">
                {value === 0 ? (
                  <span className="text-muted">{text}</span>
                ) : (
                  <Link href={href} prefetch={false} className="underline-offset-4 hover:underline">
                    {text}
                  </Link>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
