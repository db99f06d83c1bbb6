"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { customersOf, dealsClosed, tasksOf } from "./links";
import type { Dashboard } from "./queries";

interface Tile {
  id: string;
  label: string;
  value: number;
  /** What it is beside, small. */
  note: string;
  href: string;
  isAlarming?: boolean;
}

/** The few figures of the day, each a link to what it counts. */
export function Tiles({ figures }: { figures: Dashboard }) {
  const t = useTranslations("home.tiles");
  const format = useFormatter();
  const { slug } = useSession();
  const { my_tasks: mine, all_tasks: all } = figures;
  const [week, lastWeek] = [figures.weeks.at(-1), figures.weeks.at(-2)];
  const [month, lastMonth] = [figures.months.at(-1), figures.months.at(-2)];
  const tiles: Tile[] = [
    {
      id: "overdue",
      label: t("overdue"),
      value: mine.overdue,
      note: t("ofAll", { count: all.overdue }),
      href: tasksOf(slug, "mine"),
      isAlarming: mine.overdue > 0,
    },
    {
      id: "today",
      label: t("today"),
      value: mine.today,
      note: t("ofAll", { count: all.today }),
      href: tasksOf(slug, "mine"),
    },
  ];
  if (week) {
    tiles.push({
      id: "customers",
      label: t("newCustomers"),
      value: week.customers,
      note: t("lastWeek", { count: lastWeek?.customers ?? 0 }),
      href: customersOf(slug, week),
    });
  }
  if (month) {
    tiles.push({
      id: "won",
      label: t("won"),
      value: month.won.deals,
      note: t("lastMonth", { count: lastMonth?.won.deals ?? 0 }),
      href: dealsClosed(slug, "won", month, month.won.address),
    });
  }
  return (
    <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {tiles.map(({ id, label, value, note, href, isAlarming }) => (
        <li key={id}>
          <Link
            href={href}
            prefetch={false}
            className="flex h-full flex-col rounded-lg bg-raised px-4 py-3 ring-1 ring-line transition-colors hover:bg-hover"
          >
            <span className="text-sm text-muted">{label}</span>
            <span
              className={cn(
                "tabular text-2xl font-semibold tracking-[-0.01em]",
                isAlarming && "text-danger-ink",
              )}
            >
              {format.number(value)}
            </span>
            <span className="text-xs text-muted">{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
