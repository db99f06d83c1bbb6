"use client";

import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { ArrowLeft, CopyCheck, RefreshCw } from "lucide-react";
import dynamic from "next/dynamic";
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
import { type DuplicatePair, type DuplicatesReport, isSearching, reportQuery } from "./queries";

const CustomerMerge = dynamic(() => import("../merge/customer-merge").then((m) => m.CustomerMerge));

/** A search is not begun again by itself sooner than this after the one before. */
const AT_MOST_EVERY_MS = 60_000;

function isDue({ scan, is_out_of_date: isOld }: DuplicatesReport): boolean {
  if (scan === null) return true;
  if (!isOld || scan.finished_at === null) return false;
  return Date.now() - Date.parse(scan.finished_at) > AT_MOST_EVERY_MS;
}

/** Pairs of customers that may be one, to be merged or told apart. */
export function DuplicatesPage() {
  const t = useTranslations("customers.duplicates.report");
  const { slug, canWrite } = useSession();
  const report = useInfiniteQuery(reportQuery(slug));
  const scan = useScan();
  const first = report.data?.pages[0];
  useSearchWhenDue(canWrite ? first : undefined, scan.mutate);
  const isBusy = scan.isPending || isSearching(first);
  return (
    <>
      <PageHeader
        title={t("title")}
        leading={
          <LinkButton
            href={`/${slug}/customers`}
            prefetch={false}
            variant="ghost"
            size="icon"
            aria-label={t("back")}
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
          <Report report={report} isBusy={isBusy} />
        )}
      </div>
    </>
  );
}

/** Once for each visit. */
function useSearchWhenDue(shown: DuplicatesReport | undefined, search: () => void): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || !shown) return;
    isDone.current = true;
    if (isDue(shown)) search();
  }, [shown, search]);
}

interface ReportProps {
  report: UseInfiniteQueryResult<InfiniteData<DuplicatesReport>>;
  isBusy: boolean;
}

function Report({ report, isBusy }: ReportProps) {
  const t = useTranslations("customers.duplicates.report");
  const [merging, setMerging] = useState<DuplicatePair | null>(null);
  const tellApart = useTellApart();
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
          description={t(scan ? "noneDescription" : "neverDescription")}
        />
      ) : (
        <ul aria-label={t("list")} className="flex flex-col gap-3">
          {pairs.map((pair) => (
            <PairCard
              key={pair.id}
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
        <CustomerMerge
          ids={[merging.first.id, merging.second.id]}
          onClose={() => setMerging(null)}
        />
      ) : null}
    </div>
  );
}

/** When the business was searched, and whether that is all. */
function Found({ report, isBusy }: { report: DuplicatesReport | undefined; isBusy: boolean }) {
  const t = useTranslations("customers.duplicates.report");
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
  const t = useTranslations("customers.duplicates.report");
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
