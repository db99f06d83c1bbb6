"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageOptions } from "@/features/customers";
import { useOwnBulkFields } from "@/features/fields";
import { type BulkFieldDef, MergeButton, type Selected, SelectionBar } from "@/features/records";
import { contactsSource } from "./source";

const ContactMerge = dynamic(() => import("../merge/contact-merge").then((m) => m.ContactMerge));

// Nobody owns a contact.
const OFFERS = { assign: false, tag: true } as const;

/** What many contacts can be given at once, as the API allows it, the business's own fields at the end. */
function useBulkFields(): readonly BulkFieldDef[] {
  const own = useOwnBulkFields("contact");
  return [...useBuiltIn(), ...own];
}

function useBuiltIn(): readonly BulkFieldDef[] {
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
  const { ids, allCount, isTrash } = props;
  return (
    <SelectionBar {...props} spec={contactsSource.spec} useFields={useBulkFields} offers={OFFERS}>
      {allCount === null && !isTrash ? (
        <MergeButton ids={ids} Merge={ContactMerge} onMerged={props.onClear} />
      ) : null}
    </SelectionBar>
  );
}
