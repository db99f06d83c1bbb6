"use client";

import { ArrowRightLeft, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Skeleton } from "@/ui/skeleton";
import { fieldOf } from "./choices";
import type { MergeField, MergeResult } from "./types";

const CHILDREN = ["deals", "activities", "attachments", "contact_links", "customer_links"] as const;
const WARNINGS = ["tax_ids_differ", "external_ids_differ", "kinds_differ", "said_apart"] as const;

interface MergePreviewProps {
  result: MergeResult | undefined;
  fields: readonly MergeField[];
}

/** Exactly what would come of it, as the API says. */
export function MergePreview({ result, fields }: MergePreviewProps) {
  const t = useTranslations("records.merge");
  const list = useChildren();
  if (!result) return <Skeleton className="h-28 w-full rounded-lg" />;
  const filled = fields.flatMap(({ name, label, text }) => {
    const raw = fieldOf(result.record, name);
    // A "no" is what most records have anyway.
    const value = raw === false ? "" : text(raw);
    return value ? [{ name, label, value }] : [];
  });
  const moved = list(result.moved);
  const dropped = list(result.dropped);
  return (
    <section aria-label={t("result")} className="flex flex-col gap-2.5">
      {result.warnings.length > 0 ? (
        <ul className="flex flex-col gap-1 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-ink">
          {result.warnings.map((warning) => (
            <li key={warning} className="flex items-start gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {t(`warnings.${WARNINGS.find((known) => known === warning) ?? "other"}`)}
            </li>
          ))}
        </ul>
      ) : null}
      <h3 className="text-sm font-medium">{t("result")}</h3>
      <dl className="grid gap-x-6 gap-y-1.5 rounded-lg bg-surface p-3 text-sm ring-1 ring-line sm:grid-cols-2">
        {filled.map(({ name, label, value }) => (
          <div key={name} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-2">
            <dt className="text-xs leading-5 text-muted">{label}</dt>
            <dd className="line-clamp-3 break-words whitespace-pre-line">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="flex items-start gap-2 text-sm text-muted">
        <ArrowRightLeft aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {moved ? t("moves", { list: moved }) : t("movesNothing")}
          {dropped ? ` ${t("dropped", { list: dropped })}` : null}
        </span>
      </p>
    </section>
  );
}

/** "3 deals and 2 activities". */
function useChildren(): (counts: Record<string, number>) => string {
  const t = useTranslations("records.merge.children");
  const format = useFormatter();
  return (counts) =>
    format.list(
      Object.entries(counts).map(([name, count]) =>
        t(CHILDREN.find((known) => known === name) ?? "other", { count }),
      ),
    );
}
