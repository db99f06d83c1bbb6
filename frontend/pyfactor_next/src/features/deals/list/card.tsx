"use client";

import { RecordCard } from "@/features/records";
import { StageName, useMoney } from "../bits";
import type { ListedDeal } from "../types";

/** One deal in two lines. */
export function DealCard({ row, isTrash }: { row: ListedDeal; isTrash: boolean }) {
  const money = useMoney();
  return (
    <RecordCard
      id={row.id}
      isTrash={isTrash}
      picture={null}
      first={
        <span className="flex items-baseline gap-2">
          <span className="truncate">{row.name}</span>
          <span className="tabular ms-auto shrink-0 pe-2.5 text-sm">
            {money(row.amount, row.currency)}
          </span>
        </span>
      }
      second={
        <>
          <StageName deal={row} />
          <span className="truncate">{row.customer_name}</span>
        </>
      }
    />
  );
}
