"use client";

import { CopyCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { MenuItem } from "@/ui/menu";

/** Of a list's menu: the report. path: the list's address. */
export function DuplicatesItem({ path }: { path: string }) {
  const t = useTranslations("records.duplicates");
  return (
    <MenuItem
      icon={<CopyCheck aria-hidden />}
      render={<Link href={`${path}/duplicates`} prefetch={false} />}
    >
      {t("menu")}
    </MenuItem>
  );
}
