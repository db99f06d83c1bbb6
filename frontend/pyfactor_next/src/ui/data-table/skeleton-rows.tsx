"use client";

import { cn } from "../cn";
import { Skeleton } from "../skeleton";
import type { DataColumn } from "./model";

const SKELETON_ROWS = 14;

/** Stands where rows will be, as high as they are. */
export function SkeletonRows<T>(props: {
  columns: readonly DataColumn<T>[];
  isSelectable: boolean;
  rows?: number;
}) {
  return (
    <div role="presentation">
      {Array.from({ length: props.rows ?? SKELETON_ROWS }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no other identity
          key={index}
          role="presentation"
          className="grid h-(--row-height) grid-cols-(--columns) items-center border-b"
        >
          {props.isSelectable ? <span /> : null}
          {props.columns.map((column, place) => (
            <div
              key={column.id}
              className={cn("px-2", place === 0 && !props.isSelectable && "ps-4")}
            >
              <Skeleton className={cn("h-3", ["w-4/5", "w-1/2", "w-2/3"][(index + place) % 3])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
