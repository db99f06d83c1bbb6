"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageOptions } from "@/features/customers";
import { RowEdit } from "@/features/records";
import type { ContactRow } from "../types";
import { contactsSource } from "./source";

/** Fields that can be edited in the list itself. */
export type CellField = "job_title" | "department" | "email" | "phone" | "language" | "birthday";

interface CellEditProps {
  row: ContactRow;
  field: CellField;
  close: (step?: 0 | 1 | -1) => void;
}

export function CellEdit({ row, field, close }: CellEditProps) {
  const t = useTranslations("contacts.fields");
  const locale = useLocale();
  const [options] = useState(() => (field === "language" ? languageOptions(locale) : undefined));
  return (
    <RowEdit
      source={contactsSource}
      row={row}
      field={field}
      label={t(field)}
      name={row.display_name}
      value={row[field] ?? ""}
      type={field === "birthday" ? "date" : "text"}
      options={options}
      isNullable={field === "birthday"}
      close={close}
    />
  );
}
