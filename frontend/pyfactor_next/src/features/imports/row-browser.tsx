"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { buttonStyle } from "@/ui/button-style";
import { TabPanel, Tabs } from "@/ui/tabs";
import { MendAll } from "./mend-all";
import { errorFileUrl, rowsQuery } from "./queries";
import { canEditRows, firstTab, lineAfter, tabs } from "./review";
import { RowList } from "./row-list";
import { RowPanel } from "./row-panel";
import type { ImportJob, RowAction } from "./types";
import { useRowAddress } from "./use-row-address";

/** The rows of an import by what happens to them; one of them open beside the list. */
export function RowBrowser({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.review");
  const { slug, canWrite } = useSession();
  const [{ tab, line }, setAddress] = useRowAddress();
  const action: RowAction = tab ?? firstTab(job.counts);
  const query = useInfiniteQuery(rowsQuery(slug, job.id, action));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const lines = rows.map((row) => row.line);
  const open = rows.find((row) => row.line === line);
  const isEditable = canWrite && canEditRows(job);
  const openLine = (next: number | null): void => void setAddress({ line: next });

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <Tabs
        label={t("tabs")}
        value={action}
        onValueChange={(next) => void setAddress({ tab: next, line: null })}
        tabs={tabs.map((value) => ({ value, label: t(value), count: job.counts[value] }))}
        className="flex min-h-0 flex-1 flex-col *:first:px-2 md:*:first:px-3"
      >
        <TabPanel value={action} className="flex min-h-0 flex-1 flex-col">
          {action === "error" && job.counts.error > 0 ? (
            <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2 md:px-5">
              {isEditable ? <MendAll job={job} rows={rows} /> : <span />}
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
          {(action === "create" || action === "update") &&
          job.counts.warning > 0 &&
          canEditRows(job) ? (
            <p className="flex items-start gap-2 border-b px-4 py-2 text-sm text-warning-ink md:px-5">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {t("warnings", { count: job.counts.warning })}
            </p>
          ) : null}
          {query.isError && rows.length === 0 ? (
            <ApiErrorState
              error={query.error}
              onRetry={() => void query.refetch()}
              isRetrying={query.isRefetching}
            />
          ) : (
            <RowList
              key={action}
              action={action}
              columns={job.columns}
              pages={query.data?.pages}
              total={job.counts[action]}
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
