"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageOptions } from "@/features/customers";
import { type BulkFieldDef, type Selected, SelectionBar } from "@/features/records";
import { contactsSource } from "./source";

// Nobody owns a contact.
const OFFERS = { assign: false, tag: true } as const;

/** What many contacts can be given at once, as the API allows it. */
function useBulkFields(): readonly BulkFieldDef[] {
  const t = useTranslations("contacts.fields");
  const locale = useLocale();
  return useMemo(
    () => [
      { name: "job_title", label: t("job_title"), kind: "text" },
      { name: "department", label: t("department"), kind: "text" },
      { name: "language", label: t("language"), kind: "list", options: languageOptions(locale) },
      { name: "do_not_call", label: t("do_not_call"), kind: "bool" },
      { name: "do_not_email", label: t("do_not_email"), kind: "bool" },
    ],
    [t, locale],
  );
}

/** What is done with many contacts. */
export function ContactsBulkBar(props: Selected) {
  return (
    <SelectionBar {...props} spec={contactsSource.spec} useFields={useBulkFields} offers={OFFERS} />
  );
}
