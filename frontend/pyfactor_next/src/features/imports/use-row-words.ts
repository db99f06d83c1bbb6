"use client";

import { useTranslations } from "use-intl";
import { useEntity } from "./entity";
import type { RowWords } from "./row-columns";
import { useFieldLabel, useValueText } from "./use-fields";

/** Everything the cells of a row say. */
export function useRowWords(): RowWords {
  const t = useTranslations("imports.review");
  const row = useTranslations("imports.row");
  const entity = useEntity();
  const label = useFieldLabel();
  const value = useValueText();
  return {
    record: t("customer", { entity }),
    reason: t("reason"),
    extra: row("extra"),
    emptyValue: t("emptyValue"),
    was: t("was"),
    becomes: t("becomes"),
    label,
    value,
  };
}
