"use client";

import { CopyCheck, Download, FileUp, Sheet } from "lucide-react";
import Link from "next/link";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Menu, MenuItem } from "@/ui/menu";
import { exportHref } from "./export-href";
import type { CustomersQuery } from "./filters";

interface ListMenuProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  query: CustomersQuery;
}

/** What is done with whole lists. */
export function ListMenu({ trigger, isOpenAtFirst, query }: ListMenuProps) {
  const t = useTranslations("customers");
  const { slug } = useSession();
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuItem
        icon={<FileUp aria-hidden />}
        render={<Link href={`/${slug}/imports/new`} prefetch={false} />}
      >
        {t("import")}
      </MenuItem>
      <MenuItem
        icon={<CopyCheck aria-hidden />}
        render={<Link href={`/${slug}/customers/duplicates`} prefetch={false} />}
      >
        {t("duplicates.report.menu")}
      </MenuItem>
      <MenuItem icon={<Download aria-hidden />} render={<a href={exportHref(query)} download />}>
        {t("export")}
      </MenuItem>
      <MenuItem
        icon={<Sheet aria-hidden />}
        render={<a href={exportHref(query, "xlsx")} download />}
      >
        {t("exportWorkbook")}
      </MenuItem>
    </Menu>
  );
}
