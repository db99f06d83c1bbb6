"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { toast } from "@/ui/toast";
import type { ExportItem } from "./types";

/** Says how many rows a file has, and its sum. */
export function useExportTexts(): (made: ExportItem) => void {
  const t = useTranslations("shell.exported");
  return useCallback(
    ({ row_count, sha256 }) =>
      toast.success(t("rows", { rows: row_count }), { sum: t("sum", { sum: sha256 }) }),
    [t],
  );
}
