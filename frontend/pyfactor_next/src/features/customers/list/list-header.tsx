"use client";

import { Download, Ellipsis, FileUp, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem } from "@/ui/menu";
import { PageHeader } from "@/ui/page-header";
import { exportHref } from "./export-href";
import type { CustomersQuery } from "./filters";

interface ListHeaderProps {
  count: number | undefined;
  isCountExact: boolean;
  isTrash: boolean;
  query: CustomersQuery;
  onTrash: (isTrash: boolean) => void;
  onCreate: () => void;
}

export function ListHeader(props: ListHeaderProps) {
  const t = useTranslations("customers");
  const format = useFormatter();
  const { slug, canWrite } = useSession();
  const { count, isCountExact, isTrash } = props;
  const total = count === undefined ? undefined : format.number(count);
  return (
    <PageHeader
      title={isTrash ? t("trash.title") : t("title")}
      meta={
        total === undefined ? null : (
          <span aria-live="polite">
            {isCountExact ? total : t("moreThan", { count: total })}
            <span className="sr-only"> {t("countLabel")}</span>
          </span>
        )
      }
      actions={
        <>
          <Button
            variant="ghost"
            aria-pressed={isTrash}
            className={cn(isTrash && "bg-selected text-accent-ink")}
            onClick={() => props.onTrash(!isTrash)}
          >
            <Trash2 aria-hidden />
            <span className="max-sm:sr-only">{t("trash.toggle")}</span>
          </Button>
          {canWrite ? (
            <>
              <Menu
                trigger={
                  <IconButton label={t("more")}>
                    <Ellipsis aria-hidden />
                  </IconButton>
                }
              >
                <MenuItem
                  icon={<FileUp aria-hidden />}
                  render={<Link href={`/${slug}/imports/new`} prefetch={false} />}
                >
                  {t("import")}
                </MenuItem>
                <MenuItem
                  icon={<Download aria-hidden />}
                  render={<a href={exportHref(props.query)} download />}
                >
                  {t("export")}
                </MenuItem>
              </Menu>
              <Button variant="primary" onClick={props.onCreate}>
                <Plus aria-hidden />
                <span className="max-sm:sr-only">{t("new")}</span>
              </Button>
            </>
          ) : null}
        </>
      }
    />
  );
}
