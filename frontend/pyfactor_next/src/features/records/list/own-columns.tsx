"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { type OwnField, type OwnValues, useOwnFields, useOwnText } from "@/features/fields";
import type { DataColumn } from "@/ui/data-table/model";
import type { ListRow, ListSource } from "../source";
import { useSaveRow } from "../use-save-row";

const OwnCellEdit = dynamic(() => import("./own-cell-edit").then((m) => m.OwnCellEdit));

interface OwnRow extends ListRow {
  custom: OwnValues;
}

/** Columns of the fields that the business has added; hidden until somebody wants them. */
export function useOwnColumns<Row extends OwnRow>(
  source: ListSource<Row>,
  nameOf: (row: Row) => string,
): DataColumn<Row>[] {
  const save = useSaveRow(source);
  const fields = useOwnFields(source.spec.entity);
  return useMemo(
    () =>
      fields.map((field) => ({
        id: `custom.${field.key}`,
        header: field.label,
        ordering: `custom.${field.key}`,
        isHiddenAtFirst: true,
        cell: (row: Row) => <OwnCell field={field} value={row.custom[field.key]} />,
        ...(isLine(field)
          ? {
              edit: (row: Row, close: (step?: 0 | 1 | -1) => void) => (
                <OwnCellEdit
                  field={field}
                  name={nameOf(row)}
                  value={row.custom[field.key]}
                  save={(value) => save(row, { custom: { [field.key]: value } })}
                  close={close}
                />
              ),
            }
          : {}),
      })),
    [fields, nameOf, save],
  );
}

/** What is entered in a line or chosen from a list; the others are edited on the record's page. */
function isLine({ type }: OwnField): boolean {
  return !["long_text", "money", "multi_select", "datetime"].includes(type);
}

function OwnCell({ field, value }: { field: OwnField; value: unknown }) {
  const text = useOwnText();
  return (
    <span dir="auto" className="tabular truncate">
      {text(field, value)}
    </span>
  );
}
