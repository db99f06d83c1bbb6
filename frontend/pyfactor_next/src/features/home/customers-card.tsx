"use client";

import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { ColumnChart } from "@/ui/chart/column-chart";
import { customersOf } from "./links";
import type { Week } from "./queries";

/** New customers, week by week. */
export function CustomersCard({ weeks }: { weeks: readonly Week[] }) {
  const t = useTranslations("home.customers");
  const format = useFormatter();
  const { slug } = useSession();
  const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
  return (
    <Card>
      <h2 className="mb-2 flex min-h-8 items-center text-base font-semibold">{t("title")}</h2>
      <ColumnChart
        title={t("title")}
        pointTitle={t("week")}
        series={[{ id: "customers", label: t("title"), className: "bg-accent" }]}
        points={weeks.map((week) => ({
          id: week.first_on,
          label: format.dateTime(day(week.first_on), {
            month: "numeric",
            day: "numeric",
            timeZone: "UTC",
          }),
          longLabel: format.dateTimeRange(day(week.first_on), day(week.last_on), {
            dateStyle: "medium",
            timeZone: "UTC",
          }),
          values: [
            {
              value: week.customers,
              text: format.number(week.customers),
              href: customersOf(slug, week),
            },
          ],
        }))}
        formatTick={(value) => format.number(value)}
      />
    </Card>
  );
}
