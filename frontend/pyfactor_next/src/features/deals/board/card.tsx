"use client";

import { CalendarDays, Check } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import { ActivityDot, useDay, useMoney, useRotDays } from "../bits";
import type { DealRow } from "../types";

interface CardProps {
  card: DealRow;
  href: string;
  isLifted: boolean;
  isSelected: boolean;
  isDraggable: boolean;
}

/** One deal. Its link covers it; the board hears its keys and pointers. */
export const Card = memo(function Card(props: CardProps) {
  const { card, href, isLifted, isSelected, isDraggable } = props;
  const t = useTranslations("deals.card");
  const money = useMoney();
  const day = useDay();
  const rot = useRotDays(card);
  return (
    <li
      data-card={card.id}
      data-selected={isSelected || undefined}
      className={cn(
        "relative flex flex-col gap-1 rounded-lg bg-raised px-3 py-2.5 text-sm shadow-xs ring-1 ring-line ring-inset select-none has-focus-visible:ring-2 has-focus-visible:ring-accent",
        rot > 0 && "bg-warning-soft",
        // The focus is another ring, inside that of the selection.
        isSelected &&
          "bg-selected ring-2 ring-accent outline-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-5",
        isLifted && "opacity-40",
        isDraggable && "cursor-grab",
      )}
    >
      <Link
        href={href}
        prefetch={false}
        draggable={false}
        aria-describedby={
          cn(isSelected && "board-selected", isDraggable && "board-keys") || undefined
        }
        className={cn(
          "truncate font-medium text-ink outline-none after:absolute after:inset-0 after:rounded-lg",
          isSelected && "pe-6",
        )}
      >
        {card.name}
      </Link>
      {isSelected ? (
        <span className="absolute end-2.5 top-2.5 flex size-4.5 items-center justify-center rounded-full bg-accent text-on-accent">
          <Check aria-hidden className="size-3" />
        </span>
      ) : null}
      <span className="truncate text-muted">{card.customer_name}</span>
      <span className="flex items-center gap-2 pt-0.5">
        <span className="tabular truncate font-medium">{money(card.amount, card.currency)}</span>
        <span className="flex-1" />
        {card.expected_close_on ? (
          <span className="tabular flex shrink-0 items-center gap-1 text-xs text-muted">
            <CalendarDays aria-hidden className="size-3" />
            <span className="sr-only">{t("closes")}</span>
            {day(card.expected_close_on)}
          </span>
        ) : null}
        <ActivityDot at={card.next_activity_at} />
        {card.owner_name ? (
          <>
            <span className="sr-only">{t("owner", { name: card.owner_name })}</span>
            <span title={card.owner_name} className="inline-flex">
              <Avatar name={card.owner_name} size="xs" />
            </span>
          </>
        ) : null}
      </span>
      {rot > 0 ? <span className="text-xs text-warning-ink">{t("rot", { days: rot })}</span> : null}
    </li>
  );
});
