"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { Badge, type BadgeTone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { SidePanel } from "@/ui/side-panel";
import { toast } from "@/ui/toast";
import { CellEditor } from "./cell-editor";
import { IssueNote } from "./issue-note";
import { useEditRows } from "./mutations";
import { isPartOfCard, rowIssues, rowName, sameCells, surplus } from "./row-edit";
import { RowFields } from "./row-fields";
import { isApplied } from "./steps";
import type { ImportJob, ImportRow, ImportRowChanges, RowAction } from "./types";

const tones: Record<RowAction, BadgeTone> = {
  create: "success",
  update: "info",
  unchanged: "neutral",
  error: "danger",
  excluded: "neutral",
};

interface RowPanelProps {
  job: ImportJob;
  row: ImportRow;
  isEditable: boolean;
  /** Lines of the loaded rows around this one. */
  lines: readonly number[];
  onOpen: (line: number) => void;
  onClose: () => void;
  /** The row is dealt with and leaves this list. */
  onDone: () => void;
}

/** One row: what it does, why, and its cells to be mended. */
export function RowPanel(props: RowPanelProps) {
  const { job, row, isEditable, lines, onOpen, onClose, onDone } = props;
  const t = useTranslations("imports.row");
  const { slug } = useSession();
  const showError = useErrorToast();
  const edit = useEditRows(job.id);
  const [cells, setCells] = useState<string[]>(row.cells);
  const at = lines.indexOf(row.line);
  const [previous, next] = [lines[at - 1], lines[at + 1]];
  const isChanged = !sameCells(cells, row.cells);
  const { line } = row;
  // Of a row that fails every reason stands on top, however far down its cell is.
  const issues =
    row.action === "error" ? row.errors.map((issue) => ({ issue, isError: true })) : rowIssues(row);

  // Awaited, for callbacks of `mutate` are dropped with the panel, which goes when the row leaves the list.
  const send = async (
    changes: ImportRowChanges,
    said: (row: ImportRow) => string,
  ): Promise<void> => {
    try {
      const [saved] = await edit.mutateAsync([{ line, changes }]);
      if (!saved) return;
      if (saved.action === "error" && !saved.is_excluded) toast.error(said(saved));
      else toast.success(said(saved));
      if (saved.action !== row.action) onDone();
    } catch (error) {
      showError(error, t("failed"));
    }
  };
  const save = (): void => {
    void send({ cells }, (saved) => t(saved.action === "error" ? "stillWrong" : "saved", { line }));
  };
  const exclude = (is_excluded: boolean): void => {
    void send({ is_excluded }, () => t(is_excluded ? "excluded" : "included", { line }));
  };

  return (
    <SidePanel label={t("label", { line })} onClose={onClose}>
      <div className="flex items-start gap-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-base font-semibold">{rowName(row)}</h3>
          <p className="mt-0.5 flex items-center gap-2 text-xs text-muted">
            {t("title", { line })}
            <Badge tone={tones[row.action]}>
              {t(`action.${row.action}`, { entity: job.entity })}
            </Badge>
          </p>
        </div>
        <IconButton
          label={t("previous")}
          size="icon-sm"
          disabled={previous === undefined}
          onClick={() => previous !== undefined && onOpen(previous)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton
          label={t("next")}
          size="icon-sm"
          disabled={next === undefined}
          onClick={() => next !== undefined && onOpen(next)}
        >
          <ChevronDown aria-hidden />
        </IconButton>
        <IconButton label={t("close")} size="icon-sm" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      <form
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 py-4">
          {issues.map(({ issue, isError }) => (
            <IssueNote
              key={issue.code + issue.detail}
              issue={issue}
              // A record kept by a revert is a remark on a row that was imported.
              isError={isError && row.action === "error"}
              isBoxed
            />
          ))}
          {row.action === "error" ? null : <RowFields row={row} />}
          {row.target_id && isApplied(job) ? (
            <Link
              href={`/${slug}/${job.entity}s/${row.target_id}`}
              className="self-start text-sm font-medium text-accent-ink underline-offset-4 hover:underline"
            >
              {t("openCustomer", { entity: job.entity })}
            </Link>
          ) : null}
          <CellEditor
            row={row}
            columns={job.columns}
            separator={job.dialect.delimiter ?? ","}
            cells={cells}
            onChange={setCells}
            isReadOnly={!isEditable || row.is_excluded}
          />
        </div>
        {isEditable ? (
          <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">
            <Button
              variant="ghost"
              className="me-auto"
              busy={edit.isPending && edit.variables[0]?.changes.is_excluded !== undefined}
              onClick={() => exclude(!row.is_excluded)}
            >
              {row.is_excluded ? t("include") : t("exclude")}
            </Button>
            {isChanged ? <Button onClick={() => setCells(row.cells)}>{t("reset")}</Button> : null}
            {row.is_excluded ? null : (
              <Button
                type="submit"
                variant="primary"
                busy={edit.isPending && edit.variables[0]?.changes.cells !== undefined}
                disabled={
                  !(isChanged || isPartOfCard(row)) || surplus(cells, job.columns.length) !== 0
                }
              >
                {t("save")}
              </Button>
            )}
          </div>
        ) : null}
      </form>
    </SidePanel>
  );
}
