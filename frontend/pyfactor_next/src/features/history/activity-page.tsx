"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, History } from "lucide-react";
import { useTimeZone, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { buttonStyle } from "@/ui/button-style";
import { cn } from "@/ui/cn";
import { EmptyState } from "@/ui/empty-state";
import { MoreButton } from "@/ui/more-button";
import { Skeleton } from "@/ui/skeleton";
import { DayHeading } from "./day-heading";
import { byDay } from "./group";
import { LogEntry } from "./log-entry";
import { LogFilterBar } from "./log-filter-bar";
import { exportHref, type LogFilters, useLogFilters } from "./log-filters";
import { logQuery } from "./queries";

/** Everything that was done in the business, newest first; filters are kept in the address. */
export function ActivityPage() {
  const t = useTranslations("history.log");
  const filters = useLogFilters();
  const { canAdminister } = useSession();
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-4 py-6 md:px-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-lg font-semibold">{t("title")}</h2>
          <p className="mt-0.5 text-sm text-muted">{t("description")}</p>
        </div>
        {canAdminister ? (
          <a className={buttonStyle({})} href={exportHref(filters.query)} download>
            <Download aria-hidden />
            {t("export")}
          </a>
        ) : null}
      </div>
      <LogFilterBar {...filters} />
      <Log filters={filters} />
    </div>
  );
}

function Log({ filters }: { filters: LogFilters }) {
  const t = useTranslations("history.log");
  const { slug } = useSession();
  const timeZone = useTimeZone() ?? "UTC";
  const query = useInfiniteQuery(logQuery(slug, filters.query));
  if (query.error && !query.data) {
    return (
      <ApiErrorState
        error={query.error}
        isRetrying={query.isRefetching}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!query.data) return <LogSkeleton />;
  const sets = query.data.pages.flatMap((page) => page.results);
  if (sets.length === 0) return <NoEntries filters={filters} />;
  return (
    <div
      aria-busy={query.isPlaceholderData || undefined}
      className={cn("flex flex-col gap-5", query.isPlaceholderData && "opacity-60")}
    >
      {byDay(sets, timeZone).map(({ day, items }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <DayHeading day={day} id={`day-${day}`} />
          <ol className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
            {items.map((set) => (
              <LogEntry key={set.id} set={set} />
            ))}
          </ol>
        </section>
      ))}
      <MoreButton query={query}>{t("more")}</MoreButton>
    </div>
  );
}

function NoEntries({ filters: { isNarrowed, clear } }: { filters: LogFilters }) {
  const t = useTranslations("history.log");
  return isNarrowed ? (
    <EmptyState
      kind="no-match"
      icon={<History aria-hidden />}
      title={t("noMatchTitle")}
      description={t("noMatchDescription")}
      actions={<Button onClick={clear}>{t("clear")}</Button>}
    />
  ) : (
    <EmptyState
      kind="first-use"
      icon={<History aria-hidden />}
      title={t("firstUseTitle")}
      description={t("firstUseDescription")}
    />
  );
}

function LogSkeleton() {
  return (
    <div aria-busy className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
      {["w-64", "w-80", "w-56", "w-72", "w-60"].map((width) => (
        <div key={width} className="flex h-15 items-center gap-3 px-4">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton className={width} />
        </div>
      ))}
    </div>
  );
}
