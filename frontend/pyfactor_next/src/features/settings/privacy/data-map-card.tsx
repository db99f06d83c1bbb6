"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { dataMapQuery, type MappedTable } from "./queries";
import { type Kind, useEntityName } from "./words";

/** What is held in each field of each table, of which kind, why, how long, and where it goes. */
export function DataMapCard() {
  const t = useTranslations("settings.privacy.map");
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(dataMapQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-72 rounded-lg" />;
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="divide-y">
        {data.map((table) => (
          <TableRow key={table.table} table={table} />
        ))}
      </div>
    </Card>
  );
}

function TableRow({ table }: { table: MappedTable }) {
  const t = useTranslations("settings.privacy.map");
  const format = useFormatter();
  const nameOf = useEntityName();
  const personal = table.fields.filter((field) => field.kind !== "none");
  const goes = table.goes.map((word) => t(`goes.${word}`));
  return (
    <details className="group py-2">
      <summary className="flex cursor-pointer flex-wrap items-baseline justify-between gap-2 text-sm">
        <span className="font-medium">{nameOf(table.entity)}</span>
        <span className="text-muted">{t("personal", { count: personal.length })}</span>
      </summary>
      <div className="mt-2 flex flex-col gap-2 pb-2 text-sm">
        <p className="text-muted">
          {t("about", {
            why: t(`why.${table.why}`),
            kept: t(`kept.${table.kept}`),
            goes: goes.length > 0 ? format.list(goes) : t("nowhere"),
          })}
        </p>
        <dl className="flex flex-col gap-1.5">
          {kindsOf(table).map((kind) => (
            <div key={kind} className="grid gap-x-3 sm:grid-cols-[14rem_1fr]">
              <dt>{t(`kinds.${kind}`)}</dt>
              <dd dir="ltr" className="text-start font-mono text-xs break-words text-muted">
                {table.fields
                  .filter((field) => field.kind === kind)
                  .map((field) => field.name)
                  .join(", ")}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

/** The kinds that occur, what is personal first. */
function kindsOf(table: MappedTable): Kind[] {
  const kinds = new Set(table.fields.map((field) => field.kind));
  return [...kinds].sort((one, other) => Number(one === "none") - Number(other === "none"));
}
