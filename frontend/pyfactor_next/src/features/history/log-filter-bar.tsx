"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Select } from "@/ui/select";
import { ENTITIES, KINDS, type LogFilters, OPERATIONS, PERIODS } from "./log-filters";

const ALL = "all";

interface ChoiceProps<V extends string> {
  label: string;
  all: string;
  value: V | null;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | null) => void;
}

function Choice<V extends string>({ label, all, value, options, onChange }: ChoiceProps<V>) {
  return (
    <Select<V | typeof ALL>
      aria-label={label}
      className="w-40"
      value={value ?? ALL}
      options={[{ value: ALL, label: all }, ...options]}
      onValueChange={(next) => onChange(next === ALL ? null : (next as V))}
    />
  );
}

/** Member, kind of record, change, way, period. */
export function LogFilterBar({ filters, setFilters, isNarrowed, clear }: LogFilters) {
  const t = useTranslations("history");
  const { slug } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  return (
    <search aria-label={t("log.filters")} className="flex flex-wrap items-center gap-2">
      <Choice
        label={t("log.actor")}
        all={t("log.anyone")}
        value={filters.actor}
        options={[
          { value: "me", label: t("log.me") },
          ...members.map(({ id, display_name }) => ({ value: id, label: display_name })),
        ]}
        onChange={(actor) => void setFilters({ actor })}
      />
      <Choice
        label={t("log.entity")}
        all={t("log.anything")}
        value={filters.entity}
        options={ENTITIES.map((value) => ({ value, label: t(`entityNames.${value}`) }))}
        onChange={(entity) => void setFilters({ entity })}
      />
      <Choice
        label={t("log.operation")}
        all={t("log.anyOperation")}
        value={filters.operation}
        options={OPERATIONS.map((value) => ({ value, label: t(`operations.${value}`) }))}
        onChange={(operation) => void setFilters({ operation })}
      />
      <Choice
        label={t("log.kind")}
        all={t("log.anyKind")}
        value={filters.kind}
        options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => void setFilters({ kind })}
      />
      <Choice
        label={t("log.period")}
        all={t("log.periods.all")}
        value={filters.period}
        options={PERIODS.map((value) => ({ value, label: t(`log.periods.${value}`) }))}
        onChange={(period) => void setFilters({ period })}
      />
      {isNarrowed ? (
        <Button variant="ghost" onClick={clear}>
          <X aria-hidden />
          {t("log.clear")}
        </Button>
      ) : null}
    </search>
  );
}
