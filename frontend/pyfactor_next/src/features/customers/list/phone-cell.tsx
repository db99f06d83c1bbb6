"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Tooltip } from "@/ui/tooltip";
import { formatPhone, phoneHref } from "../phone";
import type { CustomerRow } from "../types";

export function PhoneCell({ row }: { row: CustomerRow }) {
  const t = useTranslations("customers");
  if (row.phone) {
    return (
      <a
        href={phoneHref(row.phone, row.phone_extension)}
        dir="ltr"
        tabIndex={-1}
        className="tabular truncate underline-offset-4 hover:underline"
      >
        {formatPhone(row.phone, row.phone_extension)}
      </a>
    );
  }
  if (!row.phone_raw) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-warning-ink">
      <span dir="ltr" className="truncate">
        {row.phone_raw}
      </span>
      <Tooltip label={t("phone.invalid")}>
        <TriangleAlert role="img" aria-label={t("phone.invalid")} className="size-3.5 shrink-0" />
      </Tooltip>
    </span>
  );
}
