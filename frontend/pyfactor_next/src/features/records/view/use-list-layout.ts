"use client";

import { useMemo } from "react";
import { useSession } from "@/features/session";
import { type DataColumn, orderedIds, type TableLayout } from "@/ui/data-table/model";
import { useTableLayout } from "@/ui/data-table/use-table-layout";
import type { View } from "./view";

type Columns = readonly Pick<DataColumn<never>, "id">[];

/** Fields that the business has added since she arranged the columns wait in the Display menu. */
function withNewHidden(columns: Columns, layout: TableLayout): TableLayout {
  const isNew = ({ id }: { id: string }): boolean =>
    id.startsWith("custom.") && !layout.order.includes(id) && !layout.hidden.includes(id);
  const added = columns.filter(isNew).map(({ id }) => id);
  return added.length > 0 ? { ...layout, hidden: [...layout.hidden, ...added] } : layout;
}

/** The arrangement that an address asks for; widths stay the person's own. */
function layoutFromColumns(
  columns: Columns,
  shown: readonly string[],
  own: TableLayout,
): TableLayout {
  const hidden = columns.map((column) => column.id).filter((id) => !shown.includes(id));
  return { ...own, order: [...shown], hidden };
}

/** The columns that a layout shows, in its order. */
export function columnsOfLayout(columns: Columns, layout: TableLayout): string[] {
  const ids = columns.map((column) => column.id);
  const ordered = layout.order.filter((id) => ids.includes(id));
  return [...ordered, ...ids.filter((id) => !ordered.includes(id))].filter(
    (id) => !layout.hidden.includes(id),
  );
}

/**
 * Which columns, in which order and width. The person's own arrangement is kept in this browser;
 * columns that she changes also go into the address, and there they win: a shared link shows them.
 */
export function useListLayout<Row>(
  list: string,
  columns: readonly DataColumn<Row>[],
  view: View,
  change: (part: Partial<View>) => void,
) {
  const { slug } = useSession();
  // Her own in each business, and in each of its views.
  const place = view.isTrash ? `${list}.trash` : list;
  const name = `${slug}.${place}${view.savedId ? `.${view.savedId}` : ""}`;
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
