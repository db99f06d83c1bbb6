"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useNow } from "use-intl";
import type { LogQuery } from "./types";

export const OPERATIONS = ["create", "update", "trash", "restore", "delete"] as const;
export const KINDS = ["user", "import", "system", "api_key", "security"] as const;
export const PERIODS = ["day", "week", "month"] as const;
export const ENTITIES = ["customer", "contact", "deal", "activity"] as const;

const DAYS: Record<(typeof PERIODS)[number], number> = { day: 1, week: 7, month: 30 };
const HOUR_MS = 3_600_000;

const parsers = {
  actor: parseAsString,
  entity: parseAsStringLiteral(ENTITIES),
  operation: parseAsStringLiteral(OPERATIONS),
  kind: parseAsStringLiteral(KINDS),
  period: parseAsStringLiteral(PERIODS),
};

/** A time some days ago, to the hour: the same question for as long as it is asked. */
export function sinceDaysAgo(days: number, now: number): string {
  return new Date(Math.floor(now / HOUR_MS) * HOUR_MS - days * 24 * HOUR_MS).toISOString();
}

/** Address of the log as a file, narrowed as it is. */
export function exportHref(query: LogQuery): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  );
  return `/api/changes/export/${text.size > 0 ? `?${text}` : ""}`;
}

/** The filters of the log, kept in its address. */
export function useLogFilters() {
  const [filters, setFilters] = useQueryStates(parsers);
  const now = useNow();
  const { actor, entity, operation, kind, period } = filters;
  const query = useMemo(
    (): LogQuery => ({
      ...(actor ? { actor } : {}),
      ...(entity ? { entity: `crm.${entity}` } : {}),
      ...(operation ? { operation } : {}),
      ...(kind ? { kind } : {}),
      ...(period ? { created_at__gte: sinceDaysAgo(DAYS[period], now.getTime()) } : {}),
    }),
    [actor, entity, operation, kind, period, now],
  );
  const isNarrowed = Object.values(filters).some((value) => value !== null);
  return { filters, setFilters, query, isNarrowed, clear: () => void setFilters(null) };
}

export type LogFilters = ReturnType<typeof useLogFilters>;
