"use client";

import { CopyCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { MenuItem } from "@/ui/menu";

export function DuplicatesItem({ slug }: { slug: string }) {
  const t = useTranslations("customers.duplicates.report");
  return (
    <MenuItem
      icon={<CopyCheck aria-hidden />}
      render={<Link href={`/${slug}/customers/duplicates`} prefetch={false} />}
    >
      {t("menu")}
    </MenuItem>
  );
}
