"use client";

import { useTranslations } from "use-intl";
import { inFieldOrder } from "./fields";
import { Change } from "./row-columns";
import type { ImportRow } from "./types";
import { useRowWords } from "./use-row-words";

/** What a row does to its customer, field by field. */
export function RowFields({ row }: { row: ImportRow }) {
  const t = useTranslations("imports.row");
  const words = useRowWords();
  const isUpdate = row.action === "update";
  const fields = inFieldOrder(Object.keys(isUpdate ? row.diff : row.values)).filter(
    (field) => isUpdate || words.value(field, row.values[field]) !== "",
  );
  if (fields.length === 0) return null;
  return (
    <section>
      <h4 className="mb-2 text-xs font-medium text-muted">
        {isUpdate ? t("changes") : t("values")}
      </h4>
      <dl className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        {fields.map((field) => (
          <div key={field} className="contents">
            <dt className="text-muted">{words.label(field)}</dt>
            <dd className="break-words whitespace-pre-line">
              {isUpdate ? (
                <Change
                  was={words.value(field, row.diff[field]?.[0])}
                  becomes={words.value(field, row.diff[field]?.[1])}
                  words={words}
                  isWrapping
                />
              ) : (
                words.value(field, row.values[field])
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
