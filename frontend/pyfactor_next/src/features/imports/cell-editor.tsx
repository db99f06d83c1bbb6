"use client";

import { Ellipsis, Merge, Plus, Rows2, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { Input } from "@/ui/input";
import { Menu, MenuItem } from "@/ui/menu";
import { IssueNote } from "./issue-note";
import {
  insertBefore,
  issuesAt,
  joinedCell,
  joinWithNext,
  removeAt,
  replaceAt,
  sameCells,
  shapeIssue,
  surplus,
} from "./row-edit";
import type { ImportColumn, ImportRow } from "./types";

interface CellEditorProps {
  row: ImportRow;
  columns: readonly ImportColumn[];
  /** What stood between two cells in the file. */
  separator: string;
  cells: readonly string[];
  onChange: (cells: string[]) => void;
  isReadOnly: boolean;
}

/** The cells of a row under the columns they fall into; a row that does not fit can be cut anew. */
export function CellEditor(props: CellEditorProps) {
  const { row, columns, cells, onChange, isReadOnly } = props;
  const t = useTranslations("imports.row");
  const isRagged = shapeIssue(row) !== undefined;
  const over = surplus(cells, columns.length);
  const isTouched = !sameCells(cells, row.cells);
  const suggestion = isTouched ? null : row.suggested_cells;

  return (
    <section>
      <h4 className="text-xs font-medium text-muted">{t("edit")}</h4>
      {isReadOnly ? null : <p className="mt-0.5 mb-3 text-xs text-muted">{t("editHint")}</p>}
      {isRagged && !isReadOnly ? (
        <div
          role="status"
          className={cn(
            "mb-3 flex flex-wrap items-center justify-between gap-2 rounded-md px-3 py-2 text-sm",
            over === 0 ? "bg-success-soft text-success-ink" : "bg-warning-soft text-warning-ink",
          )}
        >
          <span className="min-w-0">
            {over > 0 ? t("tooMany", { count: over }) : null}
            {over < 0 ? t("tooFew", { count: -over }) : null}
            {over === 0 ? t("fits") : null}
          </span>
          {suggestion ? (
            <Button size="sm" onClick={() => onChange(suggestion)}>
              <Merge aria-hidden />
              <span className="max-w-60 truncate">
                {t("useSuggestion", { text: joinedCell(row) })}
              </span>
            </Button>
          ) : null}
        </div>
      ) : null}
      <ol className="flex flex-col gap-2.5">
        {cells.map((cell, place) => {
          const header = columns[place]?.header ?? t("extra");
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place alone
            <li key={place} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-x-3">
              <span
                className={cn(
                  "truncate pt-1.5 text-sm text-muted",
                  place >= columns.length && "text-warning-ink",
                )}
                title={header}
              >
                {header}
              </span>
              <div className="flex min-w-0 flex-col gap-1">
                <div className="flex min-w-0 items-center gap-1">
                  <Input
                    aria-label={t("cell", { place: place + 1, header })}
                    aria-invalid={
                      (!isTouched && issuesAt(row, place).some((found) => found.isError)) ||
                      undefined
                    }
                    value={cell}
                    readOnly={isReadOnly}
                    onChange={(event) => onChange(replaceAt(cells, place, event.target.value))}
                  />
                  {isRagged && !isReadOnly ? (
                    <CellMenu {...props} place={place} isLast={place === cells.length - 1} />
                  ) : null}
                </div>
                {isTouched
                  ? null
                  : issuesAt(row, place).map(({ issue, isError }) => (
                      <IssueNote key={issue.code} issue={issue} isError={isError} />
                    ))}
              </div>
            </li>
          );
        })}
      </ol>
      {isRagged && !isReadOnly ? (
        <Button size="sm" variant="ghost" className="mt-2" onClick={() => onChange([...cells, ""])}>
          <Plus aria-hidden />
          {t("append")}
        </Button>
      ) : null}
    </section>
  );
}

function CellMenu({
  cells,
  separator,
  onChange,
  place,
  isLast,
}: CellEditorProps & { place: number; isLast: boolean }) {
  const t = useTranslations("imports.row");
  return (
    <Menu
      trigger={
        <IconButton label={t("more", { place: place + 1 })} size="icon-sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        icon={<Merge aria-hidden />}
        disabled={isLast}
        onClick={() => onChange(joinWithNext(cells, place, separator))}
      >
        {t("join")}
      </MenuItem>
      <MenuItem icon={<Rows2 aria-hidden />} onClick={() => onChange(insertBefore(cells, place))}>
        {t("insert")}
      </MenuItem>
      <MenuItem icon={<X aria-hidden />} onClick={() => onChange(removeAt(cells, place))}>
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}
