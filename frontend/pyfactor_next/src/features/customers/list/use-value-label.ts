"use client";

import { useTranslations } from "use-intl";
import type { Customer } from "../types";
import type { FilterField } from "./filters";

/** Says one value of a condition in words. */
export function useValueLabel(): (field: FilterField, value: string) => string {
  const t = useTranslations("customers");
  return (field, value) => {
    switch (field) {
      case "stage":
        return t(`stages.${value as Customer["stage"]}`);
      case "status":
        return t(`statuses.${value as Customer["status"]}`);
      case "kind":
        return t(`kinds.${value as Customer["kind"]}`);
      default:
        return value;
    }
  };
}
