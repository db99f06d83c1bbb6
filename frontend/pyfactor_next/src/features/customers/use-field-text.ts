"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { countryName } from "@/i18n/regions";
import { fieldSpec } from "./fields";
import { languageName } from "./languages";
import { formatPhone, formatWebsite } from "./phone";
import type { Customer, CustomerField, FieldValue } from "./types";

/** Names of the business's members by id; "" for one that is gone or not loaded yet. */
export function useMemberName(): (id: string | null) => string {
  const { slug } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
  return (id) => members?.find((member) => member.id === id)?.display_name ?? "";
}

/** Says a field's value in words; "" when it has none. */
export function useFieldText(): (field: CustomerField, value: FieldValue) => string {
  const t = useTranslations("customers");
  const format = useFormatter();
  const locale = useLocale();
  const memberName = useMemberName();
  return (field, value) => {
    if (value === null || value === "") return "";
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    switch (fieldSpec(field).type) {
      case "kind":
        return t(`kinds.${value as Customer["kind"]}`);
      case "stage":
        return t(`stages.${value as Customer["stage"]}`);
      case "status":
        return t(`statuses.${value as Customer["status"]}`);
      case "owner":
        return memberName(value);
      case "country":
        return countryName(value, locale);
      case "language":
        return languageName(value, locale);
      case "phone":
        return formatPhone(value);
      case "url":
        return formatWebsite(value);
      case "date":
        // A date is a date: shown as written, in no time zone.
        return format.dateTime(new Date(`${value}T00:00:00Z`), {
          dateStyle: "medium",
          timeZone: "UTC",
        });
      default:
        return value;
    }
  };
}
