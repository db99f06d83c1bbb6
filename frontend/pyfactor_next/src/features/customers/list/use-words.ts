"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ListWords } from "@/features/records";
import { KINDS, STAGES, STATUSES } from "../types";
import type { FilterName, Ordering } from "./source";

/** What the customers' list says. */
export function useWords(): ListWords {
  const t = useTranslations("customers");
  const mine = useTranslations("records.list")("mine");
  return useMemo(
    () => ({
      title: t("title"),
      trashTitle: t("trash.title"),
      all: t("all"),
      create: t("new"),
      search: t("search"),
      mine,
      count: (count) => t("countLabel", { count }),
      filter: (name) => t(`filter.fields.${name as FilterName}`),
      ordering: (name) => t(`orderings.${name as Ordering}`),
      options: (name) => {
        if (name === "stage")
          return STAGES.map((value) => ({ value, label: t(`stages.${value}`) }));
        if (name === "status") {
          return STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }));
        }
        return name === "kind" ? KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })) : [];
      },
    }),
    [t, mine],
  );
}
