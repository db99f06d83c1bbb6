"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { CellEditor } from "@/features/records";
import { membersQuery, useSession } from "@/features/session";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import type { ComboboxOption } from "@/ui/combobox";
import { markListsStale, showRecord } from "../cache";
import { type CustomerField, type CustomerRow, STAGES, STATUSES } from "../types";

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
  const t = useTranslations("customers");
  const { slug } = useSession();
  const client = useQueryClient();
  const options = useOptions(field);
  const save = async (text: string): Promise<void> => {
    const value = field === "owner" && text === "" ? null : text;
    const saved = await djangoApi.patch(
      "/api/crm/customers/{id}/",
      { [field]: value },
      { path: { id: row.id }, version: row.version },
    );
    showRecord(client, slug, saved);
    await markListsStale(client, slug);
  };
  return (
    <CellEditor
      label={t("cellOf", { field: t(`fields.${field}`), name: row.display_name })}
      value={row[field] ?? ""}
      {...(options ? { options } : {})}
      isClearable={field !== "stage" && field !== "status"}
      save={save}
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
