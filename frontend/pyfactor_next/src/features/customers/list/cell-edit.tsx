"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { RowEdit } from "@/features/records";
import { membersQuery, useSession } from "@/features/session";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import type { ComboboxOption } from "@/ui/combobox";
import { type CustomerField, type CustomerRow, STAGES, STATUSES } from "../types";
import { customersSource } from "./source";

/** Fields that can be edited in the list itself. */
export type CellField = Extract<
  CustomerField,
  | "stage"
  | "status"
  | "email"
  | "phone"
  | "website"
  | "billing_city"
  | "billing_country"
  | "owner"
  | "industry"
  | "source"
  | "currency"
>;

interface CellEditProps {
  row: CustomerRow;
  field: CellField;
  close: (step?: 0 | 1 | -1) => void;
}

export function CellEdit({ row, field, close }: CellEditProps) {
  const t = useTranslations("customers.fields");
  return (
    <RowEdit
      source={customersSource}
      row={row}
      field={field}
      label={t(field)}
      name={row.display_name}
      value={row[field] ?? ""}
      options={useOptions(field)}
      isClearable={field !== "stage" && field !== "status"}
      isNullable={field === "owner"}
      close={close}
    />
  );
}

function useOptions(field: CellField): readonly ComboboxOption[] | undefined {
  const t = useTranslations("customers");
  const locale = useLocale();
  const { slug } = useSession();
  const { data: members = [] } = useQuery({ ...membersQuery(slug), enabled: field === "owner" });
  const [fixed] = useState(() => {
    switch (field) {
      case "stage":
        return STAGES.map((value) => ({ value, label: t(`stages.${value}`) }));
      case "status":
        return STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }));
      case "billing_country":
        return countryOptions(locale);
      case "currency":
        return currencyOptions(locale);
      default:
        return undefined;
    }
  });
  if (field !== "owner") return fixed;
  return members
    .filter((member) => member.status === "active")
    .map((member) => ({ value: member.id, label: member.display_name }));
}
