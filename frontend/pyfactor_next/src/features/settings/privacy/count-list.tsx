"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { Counts } from "./queries";
import { useEntityName } from "./words";

interface CountListProps {
  counts: Counts;
  left: Readonly<Record<string, number>>;
}

/** What is, or was, erased of each kind, and what stays because it is others'. */
export function CountList({ counts, left }: CountListProps) {
  const t = useTranslations("settings.privacy.counts");
  const format = useFormatter();
  const nameOf = useEntityName();
  const rows: [string, number][] = [
    ...named(counts.removed, (name) => t("removed", { name })),
    ...named(counts.rewritten, (name) => t("rewritten", { name })),
    ...named(counts.handed, (name) => t("handed", { name })),
    [t("onlyInHistory"), counts.only_in_history],
    [t("files"), counts.files],
    [t("history"), counts.history + counts.reasons],
    ...named(left, (name) => t("left", { name })),
  ];
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 rounded-lg bg-sunken p-3 text-sm">
      {rows
        .filter(([, count]) => count > 0)
        .map(([label, count]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="text-end font-medium tabular-nums">{format.number(count)}</dd>
          </div>
        ))}
    </dl>
  );

  function named(
    listed: Readonly<Record<string, number>>,
    label: (name: string) => string,
  ): [string, number][] {
    return Object.entries(listed).map(([entity, count]) => [label(nameOf(entity)), count]);
  }
}
