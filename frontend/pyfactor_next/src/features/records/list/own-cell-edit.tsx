"use client";

import { useTranslations } from "use-intl";
import type { OwnField } from "@/features/fields";
import type { ComboboxOption } from "@/ui/combobox";
import { CellEditor } from "./cell-editor";

interface OwnCellEditProps {
  field: OwnField;
  /** The record's. */
  name: string;
  value: unknown;
  /** null takes the value away. */
  save: (value: unknown) => Promise<void>;
  close: (step?: 0 | 1 | -1) => void;
}

const YES = "true";
const NO = "false";

/** An own field's value, edited in the list itself. */
export function OwnCellEdit({ field, name, value, save, close }: OwnCellEditProps) {
  const t = useTranslations("records");
  const options = optionsOf(field, value, { yes: t("filter.yes"), no: t("filter.no") });
  return (
    <CellEditor
      label={t("list.cellOf", { field: field.label, name })}
      value={value === undefined || value === null ? "" : String(value)}
      {...(field.type === "date" ? { type: "date" as const } : {})}
      {...(options ? { options } : {})}
      isClearable={!field.is_required}
      save={(text) => save(field.type === "bool" && text !== "" ? text === YES : text || null)}
      close={close}
    />
  );
}

function optionsOf(
  field: OwnField,
  value: unknown,
  words: { yes: string; no: string },
): readonly ComboboxOption[] | undefined {
  if (field.type === "bool") {
    return [
      { value: YES, label: words.yes },
      { value: NO, label: words.no },
    ];
  }
  if (field.type !== "select") return undefined;
  return field.options
    .filter((option) => !option.is_archived || option.id === value)
    .map(({ id, label }) => ({ value: id, label }));
}
