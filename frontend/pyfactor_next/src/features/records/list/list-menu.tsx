"use client";

import { Download, FileUp, Sheet } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Menu, MenuItem } from "@/ui/menu";
import type { ListQuery } from "../source";
import { exportHref } from "./export-href";

interface ListMenuProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  path: string;
  query: ListQuery;
  canImport: boolean;
  /** What only this list offers. */
  items: ReactNode;
}

/** What is done with whole lists. */
export function ListMenu({ trigger, isOpenAtFirst, path, query, canImport, items }: ListMenuProps) {
  const t = useTranslations("records.list");
  const { slug } = useSession();
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      {canImport ? (
        <MenuItem
          icon={<FileUp aria-hidden />}
          render={<Link href={`/${slug}/imports/new`} prefetch={false} />}
        >
          {t("import")}
        </MenuItem>
      ) : null}
      {items}
      <MenuItem
        icon={<Download aria-hidden />}
        render={<a href={exportHref(path, query)} download />}
      >
        {t("export")}
      </MenuItem>
      <MenuItem
        icon={<Sheet aria-hidden />}
        render={<a href={exportHref(path, query, "xlsx")} download />}
      >
        {t("exportWorkbook")}
      </MenuItem>
    </Menu>
  );
}
