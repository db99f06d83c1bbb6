"use client";

import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import { inFieldOrder } from "./fields";
import { Change, type RowWords } from "./row-columns";
import { rowName } from "./row-edit";
import type { ImportRow, RowAction } from "./types";

interface RowCardsProps {
  action: RowAction;
  rows: readonly ImportRow[];
  words: RowWords;
  isLoading: boolean;
  isLoadingMore: boolean;
  onEndReached: (() => void) | undefined;
  onOpen: (line: number) => void;
}

/** Rows on a phone: one card each, the whole of it opens the row. */
export function RowCards(props: RowCardsProps) {
  const { action, rows, words, onOpen } = props;
  const end = useEndReached<HTMLDivElement>(props.onEndReached);

  return (
    <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={props.isLoading}>
      <ul>
        {rows.map((row) => (
          <li key={row.line} className="border-b">
            <button
              type="button"
              onClick={() => onOpen(row.line)}
              className="flex w-full flex-col gap-1 px-4 py-3 text-start outline-offset-[-2px]"
            >
              <span className="flex w-full items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate text-base font-medium">
                  {rowName(row)}
                </span>
                <span className="tabular text-xs text-faint">{row.line}</span>
              </span>
              <CardBody row={row} action={action} words={words} />
            </button>
          </li>
        ))}
      </ul>
      {props.isLoading || props.isLoadingMore ? <CardSkeletons /> : null}
      <div ref={end} />
    </div>
  );
}

function CardBody({ row, action, words }: { row: ImportRow; action: RowAction; words: RowWords }) {
  if (action === "error") {
    return (
      <>
        <span className="text-sm text-danger-ink">
          {row.errors.map((issue) => issue.detail).join(" ")}
        </span>
        <span className="line-clamp-1 text-xs text-muted">{row.cells.join(" · ")}</span>
      </>
    );
  }
  if (action === "update") {
    return inFieldOrder(Object.keys(row.diff)).map((field) => (
      <span key={field} className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="text-muted">{words.label(field)}</span>
        <Change
          was={words.value(field, row.diff[field]?.[0])}
          becomes={words.value(field, row.diff[field]?.[1])}
          words={words}
          isWrapping
        />
      </span>
    ));
  }
  const place = ["customer", "stage", "amount", "billing_city", "billing_country"].map((field) =>
    words.value(field, row.values[field]),
  );
  const phone = words.value("phone", row.values["phone"] || row.values["phone_raw"]);
  const about = [...place, phone, row.values["email"]];
  return (
    <span className="line-clamp-1 text-sm text-muted">
      {about.filter(Boolean).join(" · ") || row.cells.filter(Boolean).join(" · ")}
      {row.warnings[0] ? (
        <span className="text-warning-ink"> · {row.warnings[0].detail}</span>
      ) : null}
    </span>
  );
}

function CardSkeletons() {
  return (
    <div aria-hidden>
      {[0, 1, 2, 3, 4, 5].map((card) => (
        <div key={card} className="flex flex-col gap-2 border-b px-4 py-3.5">
          <Skeleton className="w-2/3" />
          <Skeleton className="h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}
