"use client";

import { useFormatter, useLocale, useTranslations } from "use-intl";
import { formatPhone } from "@/features/customers";
import { useOwnFields } from "@/features/fields";
import { countryName } from "@/i18n/regions";
import type { ComboboxOption } from "@/ui/combobox";
import { useEntity } from "./entity";
import { groupsOf, isField, textField } from "./fields";
import { LEAVE_OUT } from "./mapping";
import type { CellValue, ImportColumn } from "./types";

/** The plain words for a field. */
export function useFieldLabel(): (field: string) => string {
  const t = useTranslations("imports.fields");
  const own = useOwnFields(useEntity());
  return (field) =>
    isField(field) ? t(field) : (own.find(({ key }) => `custom.${key}` === field)?.label ?? field);
}

/** Where a column may go: the long text and nothing first, then every field by group. */
export function useTargetOptions(columns: readonly ImportColumn[]): ComboboxOption[] {
  const t = useTranslations("imports");
  const entity = useEntity();
  const own = useOwnFields(entity);
  const owners = new Map(columns.map((column) => [column.field, column.header]));
  const fields = groupsOf(entity).flatMap(({ name: group, fields: members }) =>
    members.map((field) => {
      const header = owners.get(field);
      return {
        value: field,
        label: t(`fields.${field}`),
        note: header === undefined ? t(`groups.${group}`) : t("columns.takenBy", { header }),
        keywords: `${field.replaceAll("_", " ")} ${t(`groups.${group}`)}`,
      };
    }),
  );
  const added = own.map(({ key, label }) => {
    const header = owners.get(`custom.${key}`);
    return {
      value: `custom.${key}`,
      label,
      note: header === undefined ? t("groups.own") : t("columns.takenBy", { header }),
      keywords: `${key.replaceAll("_", " ")} ${t("groups.own")}`,
    };
  });
  return [
    { value: textField(entity), label: t("columns.keepInNotes", { entity }) },
    { value: LEAVE_OUT, label: t("columns.leaveOut") },
    ...fields,
    ...added,
  ];
}

/** A value of a row as a person reads it; "" for nothing. */
export function useValueText(): (field: string, value: CellValue | undefined) => string {
  const t = useTranslations("imports.review");
  const format = useFormatter();
  const locale = useLocale();
  return (field, value) => {
    if (value === null || value === undefined || value === "") return "";
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (field.endsWith("_country")) return countryName(value, locale);
    if (field === "phone" || field === "shipping_phone") return formatPhone(value);
    if (field === "closed_at") {
      return format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" });
    }
    if (field === "amount") return format.number(Number(value), { maximumFractionDigits: 4 });
    if (field.endsWith("_on") || field === "birthday") {
      // A date is a day, not an instant: no zone may move it.
      return format.dateTime(new Date(value), { dateStyle: "medium", timeZone: "UTC" });
    }
    return value;
  };
}
