"use client";

import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { ArrowLeft, CopyCheck, RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { PageHeader } from "@/ui/page-header";
import { Skeleton } from "@/ui/skeleton";
import { useEndReached } from "@/ui/use-end-reached";
import { useScan, useTellApart } from "./mutations";
import { PairCard } from "./pair-card";
import { isSearching, reportQuery } from "./queries";
import type { Candidate, DuplicateResource, Pair, Report as ReportPage, Side } from "./types";

/** A search is not begun again by itself sooner than this after the one before. */
const AT_MOST_EVERY_MS = 60_000;

function isDue({ scan, is_out_of_date: isOld }: ReportPage): boolean {
  if (scan === null) return true;
  if (!isOld || scan.finished_at === null) return false;
  return Date.now() - Date.parse(scan.finished_at) > AT_MOST_EVERY_MS;
}

interface ResourceProps<C extends Candidate, S extends Side> {
  resource: DuplicateResource<C, S>;
}

/** Pairs of records that may be one, to be merged or told apart. */
export function DuplicatesPage<C extends Candidate, S extends Side>({
  resource,
}: ResourceProps<C, S>) {
  const t = useTranslations("records.duplicates.report");
  const { slug, canWrite } = useSession();
  const report = useInfiniteQuery(reportQuery(slug, resource));
  const scan = useScan(resource);
  const first = report.data?.pages[0];
  useSearchWhenDue(canWrite ? first : undefined, scan.mutate);
  const isBusy = scan.isPending || isSearching(first);
  return (
    <>
      <PageHeader
        title={t("title")}
        leading={
          <LinkButton
            href={`/${slug}/${resource.name}`}
            prefetch={false}
            variant="ghost"
            size="icon"
            aria-label={t(`back.${resource.name}`)}
            className="-ms-1.5"
          >
            <ArrowLeft aria-hidden className="rtl:-scale-x-100" />
          </LinkButton>
        }
        actions={
          canWrite ? (
            <Button busy={isBusy} onClick={() => scan.mutate()}>
              <RefreshCw aria-hidden />
              {t("search")}
            </Button>
          ) : null
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {report.error && !report.data ? (
          <ApiErrorState
            error={report.error}
            onRetry={() => void report.refetch()}
            isRetrying={report.isRefetching}
          />
        ) : (
          <Report resource={resource} report={report} isBusy={isBusy} />
        )}
      </div>
    </>
  );
}

/** Once for each visit. */
function useSearchWhenDue(shown: ReportPage | undefined, search: () => void): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || !shown) return;
    isDone.current = true;
    if (isDue(shown)) search();
  }, [shown, search]);
}

interface ReportProps<C extends Candidate, S extends Side> extends ResourceProps<C, S> {
  report: UseInfiniteQueryResult<InfiniteData<ReportPage<S>>>;
  isBusy: boolean;
}

function Report<C extends Candidate, S extends Side>(props: ReportProps<C, S>) {
  const { resource, report, isBusy } = props;
  const t = useTranslations("records.duplicates.report");
  const [merging, setMerging] = useState<Pair<S> | null>(null);
  const tellApart = useTellApart(resource);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = report;
  const end = useEndReached<HTMLDivElement>(
    hasNextPage && !isFetchingNextPage && !report.isFetchNextPageError
      ? () => void fetchNextPage()
      : undefined,
  );
  const pages = report.data?.pages ?? [];
  const pairs = pages.flatMap((page) => page.results);
  const scan = pages[0]?.scan ?? null;
  const isFirst = scan === null || (isBusy && pairs.length === 0);
  if (!report.data || (isFirst && isBusy)) return <ReportSkeleton isSearching={isBusy} />;
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-3 p-4 md:p-5">
      <Found report={pages[0]} isBusy={isBusy} />
      {pairs.length === 0 ? (
        <EmptyState
          kind="no-match"
          icon={<CopyCheck />}
          title={t(scan ? "none" : "never")}
          description={t(scan ? `noneDescription.${resource.name}` : "neverDescription")}
        />
      ) : (
        <ul aria-label={t("list")} className="flex flex-col gap-3">
          {pairs.map((pair) => (
            <PairCard
              key={pair.id}
              resource={resource}
              pair={pair}
              onMerge={() => setMerging(pair)}
              onApart={() => tellApart.mutate(pair)}
            />
          ))}
        </ul>
      )}
      <div ref={end} />
      {report.isFetchNextPageError ? (
        <Button className="self-center" onClick={() => void fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
      {merging ? (
        <resource.Merge
          ids={[merging.first.id, merging.second.id]}
          onClose={() => setMerging(null)}
        />
      ) : null}
    </div>
  );
}

/** When the business was searched, and whether that is all. */
function Found({ report, isBusy }: { report: ReportPage | undefined; isBusy: boolean }) {
  const t = useTranslations("records.duplicates.report");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const scan = report?.scan;
  const isFailed = scan?.state === "failed";
  return (
    <p role="status" className="text-sm text-muted" suppressHydrationWarning>
      {isBusy
        ? t("searching")
        : isFailed
          ? t("failed")
          : scan?.finished_at
            ? t(scan.is_cut ? "searchedCut" : "searched", {
                when: format.relativeTime(new Date(scan.finished_at), now),
                count: scan.found,
              })
            : null}
    </p>
  );
}

function ReportSkeleton({ isSearching: isBusy }: { isSearching: boolean }) {
  const t = useTranslations("records.duplicates.report");
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-3 p-4 md:p-5">
      <p role="status" className="h-5 text-sm text-muted">
        {isBusy ? t("searching") : null}
      </p>
      <div aria-busy className="flex flex-col gap-3">
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} className="h-36 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
