"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useOwnBulkFields } from "@/features/fields";
import { type BulkFieldDef, type Selected, SelectionBar } from "@/features/records";
import { dealsSource } from "./source";

const OFFERS = { assign: true, tag: true } as const;

/** What many deals can be given at once, as the API allows it. A stage is not: a move has more to it. */
function useBulkFields(): readonly BulkFieldDef[] {
  const own = useOwnBulkFields("deal");
  return [...useBuiltIn(), ...own];
}

function useBuiltIn(): readonly BulkFieldDef[] {
  const t = useTranslations("deals.fields");
  return useMemo(
    () => [
      { name: "owner", label: t("owner"), kind: "member" },
      { name: "expected_close_on", label: t("expectedCloseOn"), kind: "date" },
      { name: "probability", label: t("probability"), kind: "percent" },
      { name: "next_step", label: t("nextStep"), kind: "text" },
      { name: "source", label: t("source"), kind: "text" },
    ],
    [t],
  );
}

/** What is done with many deals. */
export function DealsBulkBar(props: Selected) {
  return (
    <SelectionBar {...props} spec={dealsSource.spec} useFields={useBulkFields} offers={OFFERS} />
  );
}
