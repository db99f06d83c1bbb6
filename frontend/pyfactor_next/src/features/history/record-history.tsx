"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Bot, FilePlus2, History, Pencil, RotateCcw, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { EmptyState } from "@/ui/empty-state";
import { MoreButton } from "@/ui/more-button";
import { Skeleton } from "@/ui/skeleton";
import { DayHeading } from "./day-heading";
import { FieldChanges, shownFields } from "./field-changes";
import { byDay } from "./group";
import { recordHistoryQuery } from "./queries";
import type { Operation, RecordChange } from "./types";
import { useUndo } from "./undo";

interface RecordHistoryProps {
  /** As the API names it, such as crm.customer. */
  entity: string;
  /** The resource in the API's paths, such as customers. */
  resource: string;
  id: string;
  /** The record's version: another one has one change more. */
  version: number;
}

/** Who changed what in a record and when, grouped by day; each change can be undone. */
export function RecordHistory({ entity, resource, id, version }: RecordHistoryProps) {
  const t = useTranslations("history.record");
  const { slug } = useSession();
  const timeZone = useTimeZone() ?? "UTC";
  const query = useInfiniteQuery(recordHistoryQuery(slug, resource, id, version));
  if (query.error && !query.data) {
    return <ApiErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <HistorySkeleton />;
  const changes = query.data.pages.flatMap((page) => page.results);
  if (changes.length === 0) {
    return (
      <EmptyState
        kind="first-use"
        icon={<History aria-hidden />}
        title={t("emptyTitle")}
        description={t("emptyDescription")}
      />
    );
  }
  return (
    <section aria-label={t("label")} className="flex flex-col gap-5">
      {byDay(changes, timeZone).map(({ day, items }) => (
        <div key={day}>
          <DayHeading day={day} />
          <ol className="flex flex-col">
            {items.map((change) => (
              <Entry key={change.id} entity={entity} change={change} />
            ))}
          </ol>
        </div>
      ))}
      <MoreButton query={query}>{t("more")}</MoreButton>
    </section>
  );
}

const ICONS = {
  create: FilePlus2,
  update: Pencil,
  trash: Trash2,
  restore: RotateCcw,
  delete: Trash2,
} satisfies Record<Operation, unknown>;

function Entry({ entity, change }: { entity: string; change: RecordChange }) {
  const t = useTranslations("history");
  const format = useFormatter();
  const undo = useUndo();
  const [isBusy, setBusy] = useState(false);
  const who = change.kind === "system" || !change.actor_name ? t("nobody") : change.actor_name;
  const sentence = useSentence()(change, who);
  const Icon = change.undoes ? Undo2 : change.kind === "system" ? Bot : ICONS[change.operation];
  const shown = shownFields(change.operation, change.fields);
  const isWhole = change.operation === "create" || change.operation === "delete";
  const fields = (
    <FieldChanges entity={entity} operation={change.operation} fields={change.fields} />
  );
  const takeBack = async (): Promise<void> => {
    setBusy(true);
    await undo([change.change_set]);
    setBusy(false);
  };
  return (
    <li
      data-change={change.operation}
      className="group relative flex gap-3 pb-4 not-last:before:absolute not-last:before:inset-s-3.5 not-last:before:top-7 not-last:before:bottom-0 not-last:before:w-px not-last:before:bg-line"
    >
      <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-muted ring-1 ring-inset ring-line [&_svg]:size-3.5">
        <Icon aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <p className={cn("min-w-0 font-medium", change.undone_by && "text-muted line-through")}>
            {sentence}
          </p>
          <time
            dateTime={change.created_at}
            className="text-xs text-muted tabular-nums"
            suppressHydrationWarning
          >
            {format.dateTime(new Date(change.created_at), { timeStyle: "short" })}
          </time>
          {change.kind === "import" ? <Badge>{t("kinds.import")}</Badge> : null}
          {change.undone_by ? <Badge>{t("record.isUndone")}</Badge> : null}
          {change.can_undo ? (
            <Button
              size="sm"
              variant="ghost"
              className="ms-auto"
              busy={isBusy}
              onClick={() => void takeBack()}
            >
              <Undo2 aria-hidden />
              {t("undo")}
            </Button>
          ) : null}
        </div>
        {shown.length === 0 ? null : isWhole ? (
          <details className="mt-1">
            <summary className="w-fit cursor-pointer text-sm text-muted hover:text-ink">
              {t("record.values", { count: shown.length })}
            </summary>
            <div className="pt-2">{fields}</div>
          </details>
        ) : (
          <div className="mt-1">{fields}</div>
        )}
      </div>
    </li>
  );
}

function useSentence(): (change: RecordChange, who: string) => string {
  const t = useTranslations("history.record");
  return (change, who) => {
    if (change.undoes) return t("undid", { who });
    switch (change.operation) {
      case "create":
        return t("created", { who });
      case "update":
        return t("updated", { who, count: change.fields.length });
      case "trash":
        return t("trashed", { who });
      case "restore":
        return t("restored", { who });
      case "delete":
        return t("deleted", { who });
    }
  };
}

function HistorySkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-5 pt-6">
      {["w-48", "w-56", "w-40", "w-52"].map((width) => (
        <div key={width} className="flex items-center gap-3">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton className={width} />
        </div>
      ))}
    </div>
  );
}
