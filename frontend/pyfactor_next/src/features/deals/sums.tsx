"use client";

import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { useMoney } from "./bits";
import type { Column } from "./types";

/** "€41,200 · $9,000": one sum for each currency, never across them; weighted on hover. */
export function Sums({ sums, className }: Pick<Column, "sums"> & { className?: string }) {
  const t = useTranslations("deals.column");
  const money = useMoney();
  if (sums.length === 0) return null;
  const listed = (name: "amount" | "weighted"): string =>
    sums.map((sum) => money(sum[name], sum.currency)).join(" · ");
  const weighted = t("weighted", { sums: listed("weighted") });
  return (
    <p title={weighted} data-sums className={cn("tabular truncate text-xs text-muted", className)}>
      {listed("amount")}
      <span className="sr-only">, {weighted}</span>
    </p>
  );
}
