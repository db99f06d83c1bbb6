"use client";

import { useEffect, useMemo } from "react";
import { useFormatter } from "use-intl";
import { useListQuery, useRows } from "./list/use-rows";
import type { ListRow, ListSource } from "./source";
import { viewFromSearch } from "./view/view";

interface Neighbours<Row> {
  /** "3 of 91", when the record's place in the list is known. */
  place: { at: string; total: string } | undefined;
  previousId: string | undefined;
  nextId: string | undefined;
  /** The record as the list has it. */
  hint: Row | undefined;
}

const NEAR_END = 3;

/** The records before and after this one in the list that `search` describes (null: the plain one). */
export function useNeighbours<Row extends ListRow>(
  source: ListSource<Row>,
  id: string,
  search: string | null,
): Neighbours<Row> {
  const format = useFormatter();
  const { spec } = source;
  const view = useMemo(() => viewFromSearch(spec, search ?? ""), [spec, search]);
  const query = useListQuery(spec, view);
  const { rows, count, isCountExact, onEndReached } = useRows(source, query);
  const at = rows.findIndex((row) => row.id === id);
  const isNearEnd = at >= 0 && at >= rows.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onEndReached?.();
  }, [isNearEnd, onEndReached]);
  const known = at >= 0;
  return {
    place:
      known && count !== undefined
        ? {
            at: format.number(at + 1),
            total: `${format.number(count)}${isCountExact ? "" : "+"}`,
          }
        : undefined,
    previousId: known ? rows[at - 1]?.id : undefined,
    nextId: known ? rows[at + 1]?.id : undefined,
    hint: rows[at],
  };
}
