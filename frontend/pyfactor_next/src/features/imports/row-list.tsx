"use client";

import { CircleCheck, Rows3 } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataTable } from "@/ui/data-table/data-table";
import { EmptyState } from "@/ui/empty-state";
import { useIsPhone } from "@/ui/use-is-phone";
import { useEntity } from "./entity";
import { RowCards } from "./row-cards";
import { rowColumns } from "./row-columns";
import type { ImportColumn, ImportRow, ImportRowPage, RowAction, RowTab } from "./types";
import { useRowWords } from "./use-row-words";

interface RowListProps {
  tab: RowTab;
  action: RowAction;
  /** Only rows with a warning are listed. */
  isWarned: boolean;
  columns: readonly ImportColumn[];
  pages: readonly ImportRowPage[] | undefined;
  /** Rows in the whole tab; -1 when not known. */
  total: number;
  activeLine: number | undefined;
  isLoading: boolean;
  isLoadingMore: boolean;
  onEndReached: (() => void) | undefined;
  onOpen: (line: number) => void;
}

const rowId = (row: ImportRow): string => String(row.line);

/** The rows of one tab: a table, or cards on a phone. */
export function RowList(props: RowListProps) {
  const { tab, action, columns, pages, onOpen } = props;
  const t = useTranslations("imports.review");
  const entity = useEntity();
  const words = useRowWords();
  const isPhone = useIsPhone();
  const rows = useMemo(() => pages?.flatMap((page) => page.results) ?? [], [pages]);
  const tableColumns = useMemo(
    () => rowColumns({ action, columns, rows, words, onOpen }),
    [action, columns, rows, words, onOpen],
  );
  const empty = (
    <EmptyState
      kind="no-match"
      icon={action === "error" ? <CircleCheck /> : <Rows3 />}
      title={props.isWarned ? t("noWarned.title") : t(`tab.${tab}.title`, { entity })}
      description={
        props.isWarned ? t("noWarned.description") : t(`tab.${tab}.description`, { entity })
      }
    />
  );
  if (!props.isLoading && rows.length === 0) {
    return <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{empty}</div>;
  }
  if (isPhone) {
    return (
      <RowCards
        action={action}
        rows={rows}
        words={words}
        isLoading={props.isLoading}
        isLoadingMore={props.isLoadingMore}
        onEndReached={props.onEndReached}
        onOpen={onOpen}
      />
    );
  }
  return (
    <DataTable
      label={t("table", { tab: t(tab) })}
      columns={tableColumns}
      rows={rows}
      getRowId={rowId}
      total={props.total}
      activeId={props.activeLine === undefined ? undefined : String(props.activeLine)}
      onOpen={(id) => onOpen(Number(id))}
      onEndReached={props.onEndReached}
      isLoading={props.isLoading}
      isLoadingMore={props.isLoadingMore}
    />
  );
}
