"use client";

import { ArrowLeft, Download, Ellipsis, Kanban, List, Settings2, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import type { BoardQuery } from "./queries";
import type { Layout } from "./use-filters";

interface PageMenuProps {
  isOpenAtFirst: boolean;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  isTrash: boolean;
  onTrash: (isTrash: boolean) => void;
  query: BoardQuery;
}

export default function PageMenu(props: PageMenuProps) {
  const { isOpenAtFirst, layout, onLayout, isTrash, onTrash, query } = props;
  const t = useTranslations("deals");
  const { slug, canWrite, canAdminister } = useSession();
  const search = new URLSearchParams({ ...query, ...(isTrash ? { trashed: "true" } : {}) });
  const other = layout === "board" ? "list" : "board";
  return (
    <Menu
      isOpenAtFirst={isOpenAtFirst}
      trigger={
        <IconButton label={t("menu.label")}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        icon={other === "list" ? <List aria-hidden /> : <Kanban aria-hidden />}
        onClick={() => onLayout(other)}
      >
        {t(`menu.${other}`)}
      </MenuItem>
      {canWrite ? (
        <MenuItem
          icon={<Download aria-hidden />}
          render={<a href={`/api/crm/deals/export/?${search}`} download />}
        >
          {t("menu.export")}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={isTrash ? <ArrowLeft aria-hidden /> : <Trash2 aria-hidden />}
        onClick={() => onTrash(!isTrash)}
      >
        {t(isTrash ? "menu.leaveTrash" : "menu.trash")}
      </MenuItem>
      {canAdminister ? (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<Settings2 aria-hidden />}
            render={<Link href={`/${slug}/settings/pipelines`} prefetch={false} />}
          >
            {t("menu.setUp")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
