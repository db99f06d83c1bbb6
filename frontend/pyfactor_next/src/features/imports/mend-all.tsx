"use client";

import { Merge } from "lucide-react";
import { useTranslations } from "use-intl";
import { useErrorToast } from "@/features/session";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { type RowEdit, useEditRows } from "./mutations";
import { joinedCell } from "./row-edit";
import type { ImportJob, ImportRow } from "./types";

/** Offers to mend at once what was cut at separators inside values: the usual cause of ragged rows. */
export function MendAll({ job, rows }: { job: ImportJob; rows: readonly ImportRow[] }) {
  const t = useTranslations("imports.review.mendAll");
  const showError = useErrorToast();
  const edit = useEditRows(job.id);
  const suggestions = rows.flatMap((row) =>
    row.suggested_cells ? [{ row, cells: row.suggested_cells }] : [],
  );
  const [first] = suggestions;
  if (!first) return <span />;
  const sample = joinedCell(first.row);
  const count = suggestions.length;

  const mend = (): void => {
    const edits: RowEdit[] = suggestions.map(({ row, cells }) => ({
      line: row.line,
      changes: { cells },
    }));
    edit.mutate(edits, {
      onSuccess: (mended) =>
        toast.success(t("done", { count: mended.filter((row) => row.action !== "error").length })),
      onError: (error) => showError(error, t("failed")),
    });
  };
  return (
    <div className="flex min-w-0 flex-1 basis-72 flex-wrap items-center gap-x-3 gap-y-2">
      <p className="min-w-0 flex-1 basis-72 text-sm text-muted">{t("text", { count, sample })}</p>
      <Button size="sm" variant="primary" disabled={edit.isPending} onClick={mend}>
        <Merge aria-hidden />
        {edit.isPending ? t("busy", { done: edit.done, total: count }) : t("action", { count })}
      </Button>
    </div>
  );
}
