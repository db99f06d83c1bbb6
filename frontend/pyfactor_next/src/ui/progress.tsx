"use client";

import { Progress as Base } from "@base-ui/react/progress";
import { cn } from "./cn";

interface ProgressProps {
  /** Done and total in the same unit; total 0 means that the end is not known yet. */
  done: number;
  total: number;
  label: string;
  /** Text at the right end, e.g. "4,200 of 91,000 rows". */
  valueText?: string;
  className?: string;
}

export function Progress({ done, total, label, valueText, className }: ProgressProps) {
  const value = total > 0 ? Math.min(100, Math.round((done / total) * 100)) : null;
  return (
    <Base.Root
      value={value}
      className={cn("flex flex-col gap-1.5", className)}
      getAriaValueText={(formatted) => valueText ?? formatted ?? label}
    >
      <div className="flex justify-between gap-4 text-sm">
        <Base.Label className="font-medium">{label}</Base.Label>
        <span className="tabular text-muted">
          {valueText ?? (value === null ? "" : `${value} %`)}
        </span>
      </div>
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <Base.Indicator className="h-full rounded-full bg-accent transition-[width] duration-300 data-indeterminate:w-1/3 motion-safe:data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
