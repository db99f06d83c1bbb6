"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import { Skeleton } from "@/ui/skeleton";
import { useRecordFrame } from "./frame-context";
import type { SectionName } from "./types";

interface RelatedCardProps {
  section: SectionName;
  /** Whether the record has such a tab, to which the title leads. */
  isTab?: boolean;
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
export function RelatedCard({ section, isTab = true, count, add, children }: RelatedCardProps) {
  const t = useTranslations("records");
  const id = useId();
  const { openSection } = useRecordFrame();
  const title = t(`tabs.${section}`);
  return (
    <section
      aria-labelledby={id}
      className="overflow-hidden rounded-lg bg-raised ring-1 ring-line ring-inset"
    >
      <div className="flex min-h-9 items-center gap-2 ps-3 pe-1">
        <h2 id={id} className="text-sm font-semibold">
          {isTab ? (
            <button
              type="button"
              className="rounded-sm underline-offset-4 hover:underline"
              onClick={() => openSection(section)}
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
      {count === 0 ? <p className="px-3 pb-3 text-sm text-muted">{t("related.none")}</p> : null}
      {count ? <ul className="pb-1.5">{children}</ul> : null}
    </section>
  );
}
