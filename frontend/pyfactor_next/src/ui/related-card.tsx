"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "./icon-button";
import { Skeleton } from "./skeleton";

interface RelatedCardProps {
  title: string;
  /** Shows all of them; without it the title is no button. */
  onTitle?: () => void;
  /** Of all; undefined while they load. */
  count: number | undefined;
  /** What the plus does, in words; none for who may not. */
  add?: { label: string; run: () => void } | undefined;
  /** One `RelatedRow` each. */
  children: ReactNode;
}

/** Rows that a card shows; its title leads to the others. */
export const RELATED_SHOWN = 4;

/** A card of other records beside a record. */
export function RelatedCard({ title, onTitle, count, add, children }: RelatedCardProps) {
  const t = useTranslations("ui.related");
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="overflow-hidden rounded-lg bg-raised ring-1 ring-line ring-inset"
    >
      <div className="flex min-h-9 items-center gap-2 ps-3 pe-1">
        <h2 id={id} className="text-sm font-semibold">
          {onTitle ? (
            <button
              type="button"
              className="rounded-sm underline-offset-4 hover:underline"
              onClick={onTitle}
            >
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
        {count ? <span className="tabular text-xs text-muted">{count}</span> : null}
        <span className="flex-1" />
        {add ? (
          <IconButton label={add.label} size="icon-sm" onClick={add.run}>
            <Plus aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {count === undefined ? <Skeleton aria-busy className="mx-3 mb-3 h-8 rounded-md" /> : null}
      {count === 0 ? <p className="px-3 pb-3 text-sm text-muted">{t("none")}</p> : null}
      {count ? <ul className="pb-1.5">{children}</ul> : null}
    </section>
  );
}
