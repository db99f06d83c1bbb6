"use client";

import { useFormatter, useNow, useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { ColourDot } from "@/ui/colour-dot";
import { moneyOptions } from "./money";
import type { Colour, DealRow } from "./types";

const DAY_MS = 86_400_000;

export { ColourDot as StageDot };

export function StageName({ deal }: { deal: Pick<DealRow, "stage_name" | "stage_colour"> }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <ColourDot colour={deal.stage_colour as Colour} />
      <span className="truncate">{deal.stage_name}</span>
    </span>
  );
}

/** An amount in words; "" without one. */
export function useMoney(): (amount: string | null, currency: string) => string {
  const format = useFormatter();
  return (amount, currency) =>
    amount === null || currency === ""
      ? ""
      : format.number(Number(amount), moneyOptions(amount, currency));
}

/** A date without a time: the same day in every zone. */
export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });
}

/** Days since the deal entered its stage, when that is longer than the stage allows; 0 otherwise. */
export function useRotDays(deal: DealRow): number {
  const now = useNow();
  if (deal.category !== "open" || deal.rot_days === 0) return 0;
  const days = Math.floor((now.getTime() - Date.parse(deal.stage_entered_at)) / DAY_MS);
  return days > deal.rot_days ? days : 0;
}

/** Grey: nothing planned. Green: planned. Red: late. */
export function ActivityDot({ at }: { at: string | null }) {
  const t = useTranslations("deals.activity");
  const now = useNow();
  const state = at === null ? "none" : Date.parse(at) < now.getTime() ? "late" : "planned";
  const tone = {
    none: "bg-line-strong",
    planned: "bg-[oklch(0.65_0.16_150)]",
    late: "bg-danger",
  }[state];
  return (
    <span
      role="img"
      aria-label={t(state)}
      title={t(state)}
      className={cn("inline-block size-2 shrink-0 rounded-full", tone)}
    />
  );
}
