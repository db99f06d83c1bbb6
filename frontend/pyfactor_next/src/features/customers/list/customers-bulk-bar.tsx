"use client";

import { Merge } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import {
  BulkBar,
  type BulkFieldDef,
  type BulkTarget,
  EXPORT_MAX,
  targetOfQuery,
} from "@/features/records";
import { countryOptions, currencyOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { languageOptions } from "../languages";
import { type CustomerField, KINDS, STAGES, STATUSES } from "../types";
import { useReloadLists } from "../use-reload-lists";
import { exportHref } from "./export-href";
import type { CustomersQuery } from "./filters";
import type { View } from "./view";

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

interface CustomersBulkBarProps {
  view: View;
  query: CustomersQuery;
  /** Ids that are selected one by one. */
  ids: readonly string[];
  /** How many the list finds, where all of them are selected. */
  allCount: number | null;
  /** How many the list finds, as far as it is known. */
  total: number | undefined;
  onSelectAll: (count: number) => void;
  onClear: () => void;
}

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
export function CustomersBulkBar(props: CustomersBulkBarProps) {
  const { view, query, ids, allCount } = props;
  const reload = useReloadLists();
  const isAll = allCount !== null;
  const target: BulkTarget = isAll
    ? targetOfQuery(query, view.conditions, allCount)
    : { ids: [...ids] };
  const chosen = JSON.stringify({ field: "id", op: "in", value: ids });
  const selectionHref =
    ids.length > EXPORT_MAX ? undefined : exportHref({ filter: chosen } as CustomersQuery);
  const selectAll = async (): Promise<void> => {
    const page = await djangoApi.get("/api/crm/customers/", {
      query: { ...query, limit: 1, count: "exact", fields: "id" },
    });
    props.onSelectAll(page.count ?? 0);
  };
  return (
    <BulkBar
      count={isAll ? allCount : ids.length}
      isAll={isAll}
      total={props.total}
      onSelectAll={() => void selectAll()}
      onClear={props.onClear}
      target={target}
      send={(body, idempotencyKey) =>
        djangoApi.post("/api/crm/customers/bulk/", body, { idempotencyKey })
      }
      reload={reload}
      useFields={useBulkFields}
      offers={OFFERS}
      exportHref={isAll ? exportHref(query) : selectionHref}
      isTrash={view.isTrash}
    >
      {!isAll && ids.length >= 2 && ids.length <= MERGE_MAX ? (
        <MergeButton ids={ids} onMerged={props.onClear} />
      ) : null}
    </BulkBar>
  );
}
