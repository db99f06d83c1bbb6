"use client";

import { ChevronsLeftRight, ChevronsRightLeft, Plus } from "lucide-react";
import { Fragment, memo, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import { StageDot } from "../bits";
import { Sums } from "../sums";
import type { Column as ColumnData } from "../types";
import { Card } from "./card";
import { cardsWithout } from "./moves";

export type Loading = "idle" | "loading" | "failed";

interface ColumnProps {
  column: ColumnData;
  isFolded: boolean;
  onFold: (isFolded: boolean) => void;
  href: (id: string) => string;
  selected: ReadonlySet<string>;
  /** The cards that are being moved, and where they would come to lie here. */
  lifted: ReadonlySet<string>;
  dropAt: number | null;
  canWrite: boolean;
  loading: Loading;
  onMore: () => void;
  onCreate: (() => void) | undefined;
}

export const Column = memo(function Column(props: ColumnProps) {
  const { column, isFolded, onFold, dropAt } = props;
  const t = useTranslations("deals.column");
  const { stage, count } = column;
  const label = t("label", { name: stage.name, count });
  if (isFolded) {
    return (
      <section
        aria-label={label}
        data-column={stage.id}
        className={cn(
          "flex h-full w-11 shrink-0 flex-col items-center gap-2 rounded-xl bg-sunken py-2.5",
          dropAt !== null && "ring-2 ring-accent",
        )}
      >
        <IconButton
          label={t("unfold", { name: stage.name })}
          size="icon-sm"
          onClick={() => onFold(false)}
        >
          <ChevronsLeftRight aria-hidden />
        </IconButton>
        <StageDot colour={stage.colour} />
        <span className="tabular text-xs text-muted">{count}</span>
        <span className="text-sm font-medium [writing-mode:vertical-lr]">{stage.name}</span>
      </section>
    );
  }
  return (
    <section
      aria-label={label}
      data-column={stage.id}
      className="group/column flex h-full w-72 shrink-0 flex-col rounded-xl bg-sunken max-md:w-[calc(100vw-3rem)] max-md:snap-center"
    >
      <header className="flex shrink-0 flex-col gap-0.5 px-3 pt-2.5 pb-2">
        <div className="flex items-center gap-2">
          <StageDot colour={stage.colour} />
          <h2 className="truncate text-sm font-semibold">{stage.name}</h2>
          <span data-count className="tabular text-sm text-muted">
            {count}
          </span>
          <span className="flex-1" />
          {props.onCreate ? (
            <IconButton
              label={t("create", { name: stage.name })}
              size="icon-sm"
              onClick={props.onCreate}
            >
              <Plus aria-hidden />
            </IconButton>
          ) : null}
          <IconButton
            label={t("fold", { name: stage.name })}
            size="icon-sm"
            onClick={() => onFold(true)}
          >
            <ChevronsRightLeft aria-hidden />
          </IconButton>
        </div>
        <Sums sums={column.sums} />
      </header>
      <Cards {...props} />
    </section>
  );
});

function Cards(props: ColumnProps) {
  const { column, selected, lifted, dropAt, loading, onMore } = props;
  const t = useTranslations("deals.column");
  const end = useEndReached<HTMLLIElement>(
    column.next !== null && loading === "idle" ? onMore : undefined,
  );
  // Where a card stands once the lifted ones are out.
  const others = cardsWithout(column, lifted);
  const places = new Map(others.map(({ id }, place) => [id, place]));
  const line = (
    <li aria-hidden key="line" data-drop-line className="h-0.5 shrink-0 rounded-full bg-accent" />
  );
  const rows: ReactNode[] = column.cards.map((card) => (
    <Fragment key={card.id}>
      {dropAt !== null && dropAt === places.get(card.id) ? line : null}
      <Card
        card={card}
        href={props.href(card.id)}
        isLifted={lifted.has(card.id)}
        isSelected={selected.has(card.id)}
        isDraggable={props.canWrite}
      />
    </Fragment>
  ));
  return (
    <ul
      data-cards
      aria-label={t("cards", { name: column.stage.name })}
      className="flex min-h-16 flex-1 flex-col gap-2 overflow-y-auto overscroll-contain px-2 pb-3"
    >
      {rows}
      {dropAt !== null && dropAt >= others.length ? line : null}
      {loading === "loading" ? <Skeleton className="h-20 shrink-0 rounded-lg" /> : null}
      {loading === "failed" ? (
        <li>
          <Button size="sm" className="w-full" onClick={onMore}>
            {t("retry")}
          </Button>
        </li>
      ) : null}
      <li ref={end} aria-hidden className="h-px shrink-0" />
    </ul>
  );
}
