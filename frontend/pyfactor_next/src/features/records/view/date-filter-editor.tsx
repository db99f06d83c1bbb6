"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { type DateOperator, type DateRange, parseRange } from "./date-range";

const OPERATORS = ["last", "on", "after", "before", "between"] as const;
const DEFAULT_DAYS = 30;

interface DateFilterEditorProps {
  range: DateRange | null;
  onApply: (range: DateRange) => void;
}

export function DateFilterEditor({ range, onApply }: DateFilterEditorProps) {
  const t = useTranslations("records.list.filter");
  const [operator, setOperator] = useState<DateOperator>(range?.operator ?? "last");
  const [days, setDays] = useState(String(range?.operator === "last" ? range.days : DEFAULT_DAYS));
  const [first, setFirst] = useState(firstDay(range));
  const [last, setLast] = useState(range?.operator === "between" ? range.last : "");

  const chosen = parseRange(
    {
      last: `last_${days}`,
      on: first,
      after: `>${first}`,
      before: `<${first}`,
      between: `${first}..${last}`,
    }[operator],
  );
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onApply(chosen);
      }}
    >
      <Select
        aria-label={t("operator")}
        value={operator}
        onValueChange={setOperator}
        options={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
      />
      {operator === "last" ? (
        <div className="flex items-center gap-2">
          <Input
            type="number"
            aria-label={t("days")}
            min={1}
            max={9999}
            className="w-24"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
          <span aria-hidden>{t("days")}</span>
        </div>
      ) : (
        <Input
          type="date"
          aria-label={operator === "between" ? t("from") : t("day")}
          value={first}
          onChange={(event) => setFirst(event.target.value)}
        />
      )}
      {operator === "between" ? (
        <Input
          type="date"
          aria-label={t("to")}
          value={last}
          onChange={(event) => setLast(event.target.value)}
        />
      ) : null}
      <Button type="submit" variant="primary" disabled={chosen === null}>
        {t("apply")}
      </Button>
    </form>
  );
}

function firstDay(range: DateRange | null): string {
  if (range === null || range.operator === "last") return "";
  return range.operator === "between" ? range.first : range.day;
}
