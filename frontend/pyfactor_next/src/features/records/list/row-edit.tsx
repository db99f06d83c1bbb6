"use client";

import { useTranslations } from "use-intl";
import type { ComboboxOption } from "@/ui/combobox";
import type { ListRow, ListSource } from "../source";
import { useSaveRow } from "../use-save-row";
import { CellEditor } from "./cell-editor";

interface RowEditProps<Row extends ListRow> {
  source: ListSource<Row>;
  row: Row;
  /** The API's name of the field. */
  field: string;
  label: string;
  /** The record's. */
  name: string;
  /** "" for none. */
  value: string;
  type?: "text" | "date";
  inputMode?: "text" | "decimal" | "numeric";
  /** Given: one of these. */
  options?: readonly ComboboxOption[] | undefined;
  isClearable?: boolean;
  /** Whether the API knows "no value" as null, not as "". */
  isNullable?: boolean;
  close: (step?: 0 | 1 | -1) => void;
}

/** A field of a row, edited in the list itself. */
export function RowEdit<Row extends ListRow>(props: RowEditProps<Row>) {
  const { source, row, field, label, name, options, close } = props;
  const t = useTranslations("records.list");
  const save = useSaveRow(source);
  return (
    <CellEditor
      label={t("cellOf", { field: label, name })}
      value={props.value}
      type={props.type ?? "text"}
      inputMode={props.inputMode ?? "text"}
      {...(options ? { options } : {})}
      isClearable={props.isClearable ?? true}
      save={(text) => save(row, { [field]: props.isNullable && text === "" ? null : text })}
      close={close}
    />
  );
}
