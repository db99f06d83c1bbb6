"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type BuilderProps, ConditionsBuilder, type FilterFieldDef } from "@/features/records";
import { useTagOptions } from "@/features/tags";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import { KINDS, STAGES, STATUSES } from "../types";

const TEXTS = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "website",
  "source",
  "industry",
  "billing_city",
  "billing_region",
  "billing_postal_code",
  "tax_id",
  "external_id",
  "notes",
] as const;
const FLAGS = ["is_tax_exempt", "do_not_call", "do_not_email"] as const;

/** What customers can be filtered by, under the API's names. */
function useFilterFields(): readonly FilterFieldDef[] {
  const t = useTranslations("customers");
  const locale = useLocale();
  const tags = useTagOptions();
  return useMemo(
    () => [
      { name: "display_name", label: t("columns.name"), kind: "text" },
      {
        name: "stage",
        label: t("fields.stage"),
        kind: "choice",
        options: STAGES.map((value) => ({ value, label: t(`stages.${value}`) })),
      },
      {
        name: "status",
        label: t("fields.status"),
        kind: "choice",
        options: STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
      },
      {
        name: "kind",
        label: t("fields.kind"),
        kind: "choice",
        options: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
      },
      { name: "owner", label: t("fields.owner"), kind: "member" },
      { name: "tags", label: t("columns.tags"), kind: "list", options: tags },
      {
        name: "billing_country",
        label: t("fields.billing_country"),
        kind: "list",
        options: countryOptions(locale),
      },
      { name: "created_at", label: t("columns.created_at"), kind: "date" },
      { name: "updated_at", label: t("columns.updated_at"), kind: "date" },
      { name: "account_number", label: t("columns.account_number"), kind: "number" },
      ...TEXTS.map((name) => ({ name, label: t(`fields.${name}`), kind: "text" as const })),
      {
        name: "currency",
        label: t("fields.currency"),
        kind: "list",
        options: currencyOptions(locale),
      },
      ...FLAGS.map((name) => ({ name, label: t(`fields.${name}`), kind: "bool" as const })),
      {
        name: "tax_exempt_expires_on",
        label: t("fields.tax_exempt_expires_on"),
        kind: "date",
      },
    ],
    [t, locale, tags],
  );
}

/** Conditions in groups. */
export function CustomerConditions(props: BuilderProps) {
  return <ConditionsBuilder {...props} entity="customer" fields={useFilterFields()} />;
}
