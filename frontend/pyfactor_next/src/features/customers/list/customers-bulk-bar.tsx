"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useOwnBulkFields } from "@/features/fields";
import { type BulkFieldDef, MergeButton, type Selected, SelectionBar } from "@/features/records";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import { languageOptions } from "../languages";
import { type CustomerField, KINDS, STAGES, STATUSES } from "../types";
import { customersSource } from "./source";

const CustomerMerge = dynamic(() => import("../merge/customer-merge").then((m) => m.CustomerMerge));

/** What many customers can be given at once, as the API allows it, the business's own fields at the end. */
function useBulkFields(): readonly BulkFieldDef[] {
  const own = useOwnBulkFields("customer");
  return [...useBuiltIn(), ...own];
}

function useBuiltIn(): readonly BulkFieldDef[] {
  const t = useTranslations("customers");
  const locale = useLocale();
  return useMemo(() => {
    const named = (
      name: CustomerField,
      kind: BulkFieldDef["kind"],
      options?: BulkFieldDef["options"],
    ): BulkFieldDef => ({
      name,
      label: t(`fields.${name}`),
      kind,
      ...(options ? { options } : {}),
    });
    return [
      named(
        "stage",
        "choice",
        STAGES.map((value) => ({ value, label: t(`stages.${value}`) })),
      ),
      named(
        "status",
        "choice",
        STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
      ),
      named(
        "kind",
        "choice",
        KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
      ),
      named("owner", "member"),
      named("source", "text"),
      named("industry", "text"),
      named("billing_city", "text"),
      named("billing_region", "text"),
      named("billing_country", "list", countryOptions(locale)),
      named("currency", "list", currencyOptions(locale)),
      named("language", "list", languageOptions(locale)),
      named("is_tax_exempt", "bool"),
      named("do_not_call", "bool"),
      named("do_not_email", "bool"),
    ];
  }, [t, locale]);
}

const OFFERS = { assign: true, tag: true } as const;

/** What is done with many customers. */
export function CustomersBulkBar(props: Selected) {
  const { ids, allCount, isTrash } = props;
  return (
    <SelectionBar {...props} spec={customersSource.spec} useFields={useBulkFields} offers={OFFERS}>
      {allCount === null && !isTrash ? (
        <MergeButton ids={ids} Merge={CustomerMerge} onMerged={props.onClear} />
      ) : null}
    </SelectionBar>
  );
}
