"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { fieldsQuery, filterFields, useOwnFields } from "@/features/fields";
import { FilterBuilder, type FilterFieldDef } from "@/features/records";
import { useSession } from "@/features/session";
import { useTagOptions } from "@/features/tags";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import { KINDS, STAGES, STATUSES } from "../types";
import type { View } from "./view";

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
export function useCustomerFilterFields(): readonly FilterFieldDef[] {
  const t = useTranslations("customers");
  const tFields = useTranslations("fields");
  const own = useOwnFields("customer");
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
      ...filterFields(own, (label) => tFields("currencyOf", { label })),
    ],
    [t, tFields, locale, tags, own],
  );
}

interface ConditionsBuilderProps {
  view: View;
  change: (part: Partial<View>) => void;
  onClose: () => void;
}

export function ConditionsBuilder({ view, change, onClose }: ConditionsBuilderProps) {
  const fields = useCustomerFilterFields();
  const { slug } = useSession();
  // The builder leaves out what it does not know, so it waits until every field is known.
  const { isPending } = useQuery(fieldsQuery(slug));
  if (isPending) return null;
  return (
    <FilterBuilder
      fields={fields}
      node={view.conditions}
      onApply={(conditions) => change({ conditions })}
      onClose={onClose}
    />
  );
}
