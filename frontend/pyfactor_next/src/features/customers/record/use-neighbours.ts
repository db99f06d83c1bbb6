"use client";

import { useEffect } from "react";
import { useFormatter } from "use-intl";
import { useCustomers, useCustomersQuery } from "../list/use-customers";
import { viewFromSearch } from "../list/view";
import type { CustomerRow } from "../types";

interface Neighbours {
  /** "3 of 91", when the record's place in the list is known. */
  place: { at: string; total: string } | undefined;
  previousId: string | undefined;
  nextId: string | undefined;
  hint: CustomerRow | undefined;
}

const NEAR_END = 3;

/** The records before and after this one in the list that `search` describes (null: the plain one). */
export function useNeighbours(id: string, search: string | null): Neighbours {
  const format = useFormatter();
  const query = useCustomersQuery(viewFromSearch(search ?? ""));
  const { rows, count, isCountExact, onEndReached } = useCustomers(query);
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
