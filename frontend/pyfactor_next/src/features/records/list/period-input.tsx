"use client";

import { useTranslations } from "use-intl";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";

const NAMED = [
  "today",
  "yesterday",
  "tomorrow",
  "this week",
  "last week",
  "next week",
  "this month",
  "last month",
  "next month",
  "this quarter",
  "last quarter",
  "next quarter",
  "this year",
  "last year",
  "next year",
] as const;
const UNITS = ["days", "weeks", "months", "quarters", "years"] as const;
const COUNTED = /^(last|next) (\d*) ([a-z]+?)s?$/;

type Named = (typeof NAMED)[number];
type Choice = Named | "last" | "next";

function isNamed(value: string): value is Named {
  return (NAMED as readonly string[]).includes(value);
}

/** Days in words: of the calendar, or so many back or ahead. */
export function PeriodInput(props: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("records.filter");
  const { value, onChange } = props;
  const [, side = "last", count = "30", unit = "day"] = COUNTED.exec(value) ?? [];
  const choice: Choice = isNamed(value) ? value : side === "next" ? "next" : "last";
  const units = `${unit}s` as (typeof UNITS)[number];
  const counted = (next: { side?: string; count?: string; units?: string }): void =>
    onChange(`${next.side ?? side} ${next.count ?? count} ${next.units ?? units}`);
  return (
    <div className="flex flex-wrap gap-2">
      <div className="min-w-32 flex-1">
        <Select<Choice>
          aria-label={t("period")}
          value={choice}
          onValueChange={(next) => (isNamed(next) ? onChange(next) : counted({ side: next }))}
          options={[
            { value: "last", label: t("inTheLast") },
            { value: "next", label: t("inTheNext") },
            ...NAMED.map((name) => ({
              value: name,
              label: t(`periods.${name.replace(" ", "_") as "today"}`),
            })),
          ]}
        />
      </div>
      {isNamed(value) ? null : (
        <>
          <Input
            className="w-16"
            inputMode="numeric"
            maxLength={3}
            aria-label={t("count")}
            value={count}
            onChange={(event) => counted({ count: event.target.value.replace(/\D/g, "") })}
          />
          <div className="w-28">
            <Select
              aria-label={t("unit")}
              value={units}
              onValueChange={(next) => counted({ units: next })}
              options={UNITS.map((name) => ({ value: name, label: t(`units.${name}`) }))}
            />
          </div>
        </>
      )}
    </div>
  );
}
