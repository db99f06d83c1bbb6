"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type BuilderProps, ConditionsBuilder, type FilterFieldDef } from "@/features/records";
import { useTagOptions } from "@/features/tags";
import { currencyOptions } from "@/i18n/regions";
import { useWords } from "./use-words";

/** What deals can be filtered by, under the API's names. */
function useFilterFields(): readonly FilterFieldDef[] {
  const t = useTranslations("deals.fields");
  const { filter, options } = useWords();
  const locale = useLocale();
  const tags = useTagOptions();
  return useMemo(
    () => [
      { name: "name", label: t("name"), kind: "text" },
      { name: "stage", label: t("stage"), kind: "list", options: options("stage") },
      { name: "category", label: filter("category"), kind: "choice", options: options("category") },
      { name: "pipeline", label: filter("pipeline"), kind: "list", options: options("pipeline") },
      { name: "owner", label: t("owner"), kind: "member" },
      { name: "tags", label: t("tags"), kind: "list", options: tags },
      { name: "amount", label: t("amount"), kind: "number" },
      { name: "currency", label: t("currency"), kind: "list", options: currencyOptions(locale) },
      { name: "probability", label: t("probability"), kind: "number" },
      { name: "expected_close_on", label: t("expectedCloseOn"), kind: "date" },
      { name: "closed_at", label: t("closedAt"), kind: "date" },
      { name: "stage_entered_at", label: t("stageEnteredAt"), kind: "date" },
      {
        name: "lost_reason",
        label: t("lostReason"),
        kind: "list",
        options: options("lost_reason"),
      },
      { name: "next_activity_at", label: t("nextActivityAt"), kind: "date" },
      { name: "next_step", label: t("nextStep"), kind: "text" },
      { name: "source", label: t("source"), kind: "text" },
      { name: "description", label: t("description"), kind: "text" },
      { name: "created_at", label: t("createdAt"), kind: "date" },
      { name: "updated_at", label: t("updatedAt"), kind: "date" },
      { name: "created_by", label: t("createdBy"), kind: "member" },
    ],
    [t, filter, options, locale, tags],
  );
}

/** Conditions in groups. */
export function DealConditions(props: BuilderProps) {
  return <ConditionsBuilder {...props} entity="deal" fields={useFilterFields()} />;
}
