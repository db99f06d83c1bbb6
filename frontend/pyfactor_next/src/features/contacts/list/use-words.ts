"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageOptions } from "@/features/customers";
import type { ListWords } from "@/features/records";
import type { FilterName, Ordering } from "./source";

/** What the contacts' list says. */
export function useWords(): ListWords {
  const t = useTranslations("contacts");
  const locale = useLocale();
  return useMemo(
    () => ({
      title: t("title"),
      trashTitle: t("trash.title"),
      all: t("all"),
      create: t("new"),
      search: t("search"),
      mine: t("mine"),
      count: (count) => t("countLabel", { count }),
      filter: (name) => t(name === "tag" ? "fields.tags" : `fields.${name as Named}`),
      ordering: (name) => t(name === "name" ? "fields.display_name" : `fields.${name as Ordered}`),
      options: (name) => (name === "language" ? languageOptions(locale) : []),
    }),
    [t, locale],
  );
}

type Named = Exclude<FilterName, "tag">;
type Ordered = Exclude<Ordering, "name">;
