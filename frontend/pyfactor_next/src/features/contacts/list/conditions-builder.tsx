"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageOptions } from "@/features/customers";
import { type BuilderProps, ConditionsBuilder, type FilterFieldDef } from "@/features/records";
import { useTagOptions } from "@/features/tags";

const TEXTS = [
  "first_name",
  "last_name",
  "job_title",
  "department",
  "email",
  "phone",
  "salutation",
  "external_id",
  "notes",
] as const;
const FLAGS = ["do_not_call", "do_not_email"] as const;
const DATES = ["created_at", "updated_at", "birthday"] as const;

/** What contacts can be filtered by, under the API's names. */
function useFilterFields(): readonly FilterFieldDef[] {
  const t = useTranslations("contacts.fields");
  const locale = useLocale();
  const tags = useTagOptions();
  return useMemo(
    () => [
      { name: "display_name", label: t("display_name"), kind: "text" },
      { name: "tags", label: t("tags"), kind: "list", options: tags },
      ...TEXTS.map((name) => ({ name, label: t(name), kind: "text" as const })),
      { name: "language", label: t("language"), kind: "list", options: languageOptions(locale) },
      ...FLAGS.map((name) => ({ name, label: t(name), kind: "bool" as const })),
      ...DATES.map((name) => ({ name, label: t(name), kind: "date" as const })),
      { name: "created_by", label: t("created_by"), kind: "member" },
    ],
    [t, locale, tags],
  );
}

/** Conditions in groups. */
export function ContactConditions(props: BuilderProps) {
  return <ConditionsBuilder {...props} entity="contact" fields={useFilterFields()} />;
}
