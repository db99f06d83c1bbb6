"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { buttonStyle } from "@/ui/button-style";
import { TabPanel, Tabs } from "@/ui/tabs";
import { MendAll } from "./mend-all";
import { errorFileUrl, rowsQuery } from "./queries";
import {
  canEditRows,
  canNarrow,
  choiceOfTab,
  countOf,
  firstTab,
  isIdle,
  lineAfter,
  tabs,
} from "./review";
import { RowList } from "./row-list";
import { RowPanel } from "./row-panel";
import type { ImportJob, RowTab } from "./types";
import { useRowAddress } from "./use-row-address";
import { WarningBar } from "./warning-bar";

/** The rows of an import by what happens to them; one of them open beside the list. */
export function RowBrowser({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.review");
  const { slug, canWrite } = useSession();
  const [{ tab, line, warned }, setAddress] = useRowAddress();
  const shown: RowTab = tab ?? firstTab(job.counts);
  const isWarned = warned && canNarrow(job, shown);
  const choice = choiceOfTab(job.counts, shown);
  const query = useInfiniteQuery(rowsQuery(slug, job.id, { ...choice, isWarned }));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const lines = rows.map((row) => row.line);
  const open = rows.find((row) => row.line === line);
  const isEditable = canWrite && canEditRows(job);
  const openLine = (next: number | null): void => void setAddress({ line: next });

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <Tabs
        label={t("tabs")}
        value={shown}
        onValueChange={(next) => void setAddress({ tab: next, line: null })}
        tabs={tabs.map((value) => ({ value, label: t(value), count: countOf(job.counts, value) }))}
        className="flex min-h-0 flex-1 flex-col *:first:px-2 md:*:first:px-3"
      >
        <TabPanel value={shown} className="flex min-h-0 flex-1 flex-col">
          {isIdle(shown) && countOf(job.counts, shown) > 0 && canWrite ? (
            <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2 md:px-5">
              <div className="flex min-w-0 flex-1 basis-72 flex-col gap-2">
                {isEditable && shown === "error" ? <MendAll job={job} rows={rows} /> : null}
                <p className="text-xs text-muted">{t("errorFileHint")}</p>
              </div>
              <a
                href={errorFileUrl(job.id)}
                download
                className={buttonStyle({ variant: "secondary", size: "sm" })}
              >
                <Download aria-hidden />
                {t("errorFile")}
              </a>
            </div>
          ) : null}
          {canNarrow(job, shown) ? (
            <WarningBar
              count={job.counts.warning}
              isOnly={isWarned}
              onChange={(isOnly) => void setAddress({ warned: isOnly || null, line: null })}
            />
          ) : null}
          {query.isError && rows.length === 0 ? (
            <ApiErrorState
              error={query.error}
              onRetry={() => void query.refetch()}
              isRetrying={query.isRefetching}
            />
          ) : (
            <RowList
              key={`${shown} ${isWarned}`}
              tab={shown}
              action={choice.action}
              isWarned={isWarned}
              columns={job.columns}
              pages={query.data?.pages}
              // How many of the tab's rows carry one, nobody has counted.
              total={isWarned ? -1 : countOf(job.counts, shown)}
              activeLine={open?.line}
              isLoading={query.isPending}
              isLoadingMore={query.isFetchingNextPage}
              onEndReached={
                query.hasNextPage && !query.isFetchingNextPage
                  ? () => void query.fetchNextPage()
                  : undefined
              }
              onOpen={openLine}
            />
          )}
        </TabPanel>
      </Tabs>
      {open ? (
        <RowPanel
          // A row that came back changed starts anew; so does another one.
          key={`${open.line} ${open.action} ${JSON.stringify(open.cells)}`}
          job={job}
          row={open}
          isEditable={isEditable}
          lines={lines}
          onOpen={openLine}
          onClose={() => openLine(null)}
          onDone={() => openLine(lineAfter(lines, open.line))}
        />
      ) : null}
    </div>
  );
}
