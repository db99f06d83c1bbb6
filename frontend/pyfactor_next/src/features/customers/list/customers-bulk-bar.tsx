"use client";

import { Merge } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { type BulkFieldDef, type Selected, SelectionBar } from "@/features/records";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { languageOptions } from "../languages";
import { type CustomerField, KINDS, STAGES, STATUSES } from "../types";
import { customersSource } from "./source";

const CustomerMerge = dynamic(() => import("../merge/customer-merge").then((m) => m.CustomerMerge));

/** As many as the API merges at once. */
const MERGE_MAX = 5;

/** What many customers can be given at once, as the API allows it. */
function useBulkFields(): readonly BulkFieldDef[] {
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

function MergeButton({ ids, onMerged }: { ids: readonly string[]; onMerged: () => void }) {
  const t = useTranslations("customers.bulk");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <Merge aria-hidden />
        {t("merge")}
      </Button>
      {isOpen ? (
        <CustomerMerge ids={ids} onClose={() => setOpen(false)} onMerged={onMerged} />
      ) : null}
    </>
  );
}

/** What is done with many customers. */
export function CustomersBulkBar(props: Selected) {
  const { ids, allCount, isTrash } = props;
  const isMergeable = allCount === null && ids.length >= 2 && ids.length <= MERGE_MAX && !isTrash;
  return (
    <SelectionBar {...props} spec={customersSource.spec} useFields={useBulkFields} offers={OFFERS}>
      {isMergeable ? <MergeButton ids={ids} onMerged={props.onClear} /> : null}
    </SelectionBar>
  );
}
