"use client";

import { useMemo } from "react";
import { useSession } from "@/features/session";
import { orderedIds, type TableLayout } from "@/ui/data-table/model";
import { useTableLayout } from "@/ui/data-table/use-table-layout";
import { type CustomerColumn, columnsOfLayout, layoutFromColumns } from "./columns";
import type { View } from "./view";

/** Fields that the business has added since she arranged the columns wait in the Display menu. */
function withNewHidden(columns: readonly CustomerColumn[], layout: TableLayout): TableLayout {
  const isNew = ({ id }: CustomerColumn): boolean =>
    id.startsWith("custom.") && !layout.order.includes(id) && !layout.hidden.includes(id);
  const added = columns.filter(isNew).map(({ id }) => id);
  return added.length > 0 ? { ...layout, hidden: [...layout.hidden, ...added] } : layout;
}

/**
 * Which columns, in which order and width. The person's own arrangement is kept in this browser;
 * columns that she changes also go into the address, and there they win: a shared link shows them.
 */
export function useListLayout(
  columns: readonly CustomerColumn[],
  view: View,
  change: (part: Partial<View>) => void,
) {
  const { slug } = useSession();
  // Her own in each business, and in each of its views.
  const list = view.isTrash ? "customers.trash" : "customers";
  const name = `${slug}.${list}${view.savedId ? `.${view.savedId}` : ""}`;
  const [stored, save, reset] = useTableLayout(name, columns);
  const own = useMemo(() => withNewHidden(columns, stored), [columns, stored]);
  const layout = useMemo(
    () => (view.columns ? layoutFromColumns(columns, view.columns, own) : own),
    [columns, view.columns, own],
  );
  const setLayout = (next: TableLayout): void => {
    save({ ...next, order: orderedIds(columns, next) });
    const before = columnsOfLayout(columns, layout).join();
    const after = columnsOfLayout(columns, next);
    if (after.join() !== before) change({ columns: after });
  };
  const resetLayout = (): void => {
    reset();
    change({ columns: null });
  };
  return { layout, setLayout, resetLayout };
}
