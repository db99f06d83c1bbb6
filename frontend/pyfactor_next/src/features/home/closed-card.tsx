"use client";

import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { type ChartPoint, ColumnChart } from "@/ui/chart/column-chart";
import { Select } from "@/ui/select";
import { dealsClosed } from "./links";
import { currenciesOf, type Measure, worthIn } from "./measure";
import type { Month } from "./queries";
import { useMoney } from "./use-money";

const OUTCOMES = ["won", "lost"] as const;

/** Deals won and lost, month by month: how many, or what those in one currency were worth. */
export function ClosedCard({ months }: { months: readonly Month[] }) {
  const t = useTranslations("home.closed");
  const format = useFormatter();
  const money = useMoney();
  const { slug } = useSession();
  const [chosen, setMeasure] = useState<Measure>("deals");
  const currencies = currenciesOf(months.flatMap(({ won, lost }) => [...won.worth, ...lost.worth]));
  const measure = currencies.includes(chosen) ? chosen : "deals";

  const barOf = (month: Month, outcome: "won" | "lost"): ChartPoint["values"][number] => {
    const closed = month[outcome];
    if (measure === "deals") {
      return {
        value: closed.deals,
        text: format.number(closed.deals),
        href: dealsClosed(slug, outcome, month, closed.address),
      };
    }
    const worth = worthIn(closed.worth, measure);
    return {
      value: Number(worth?.amount ?? 0),
      text: money.full(worth?.amount ?? 0, measure),
      href: dealsClosed(slug, outcome, month, worth?.address ?? closed.address),
    };
  };
  const points = months.map((month): ChartPoint => {
    // A month's first day, as it is written down and not at an instant of it.
    const day = new Date(`${month.first_on}T00:00:00Z`);
    return {
      id: month.first_on,
      label: format.dateTime(day, { month: "short", timeZone: "UTC" }),
      longLabel: format.dateTime(day, { month: "long", year: "numeric", timeZone: "UTC" }),
      values: OUTCOMES.map((outcome) => barOf(month, outcome)),
    };
  });
  return (
    <Card>
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="me-auto text-base font-semibold">{t("title")}</h2>
        {currencies.length > 0 ? (
          <Select
            aria-label={t("measure")}
            className="w-36"
            value={measure}
            onValueChange={setMeasure}
            options={[
              { value: "deals", label: t("deals") },
              ...currencies.map((code) => ({ value: code, label: t("amountIn", { code }) })),
            ]}
          />
        ) : null}
      </div>
      <ColumnChart
        title={t("title")}
        pointTitle={t("month")}
        series={[
          { id: "won", label: t("won"), className: "bg-accent" },
          { id: "lost", label: t("lost"), className: "bg-line-strong" },
        ]}
        points={points}
        formatTick={(value) =>
          measure === "deals" ? format.number(value) : money.short(value, measure)
        }
      />
    </Card>
  );
}
