"use client";

import { ArrowRight, Download, Ellipsis, FileSpreadsheet, FileText, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { Outcome } from "./outcome";
import { errorFileUrl } from "./queries";
import { RevertDialog } from "./revert-dialog";
import { StateBadge } from "./state-badge";
import { isApplied, isPurged, runningWork } from "./steps";
import type { ImportJob } from "./types";

/** An import in the list. The whole line leads to it; the menu holds what else can be done. */
export function ImportItem({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.list");
  const format = useFormatter();
  const { slug, canWrite } = useSession();
  const [isAsking, setAsking] = useState(false);
  const Icon = job.dialect.format === "xlsx" ? FileSpreadsheet : FileText;
  const created = new Date(job.created_at);
  const isThisYear = created.getFullYear() === new Date().getFullYear();
  const when = format.dateTime(created, {
    ...(isThisYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
  const canRevert =
    canWrite && isApplied(job) && !isPurged(job) && runningWork(job.state) === undefined;

  return (
    <li className="group relative flex items-start gap-3 border-b px-4 py-3 hover:bg-hover sm:items-center md:px-5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-sunken text-muted">
        <Icon aria-hidden className="size-4.5" />
      </span>
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:items-center lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1.2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            href={`/${slug}/imports/${job.id}`}
            prefetch={false}
            className="min-w-0 truncate text-sm font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {job.file_name}
          </Link>
          <StateBadge job={job} />
        </div>
        <div className="min-w-0 text-sm text-muted sm:truncate">
          <Outcome job={job} />
        </div>
        <p className="min-w-0 truncate text-xs text-muted sm:col-span-2 lg:col-span-1 lg:text-right">
          {job.row_count === null ? null : <>{t("rows", { count: job.row_count })} · </>}
          {job.created_by_name ? t("by", { when, name: job.created_by_name }) : when}
        </p>
      </div>
      <div className="relative z-1 -mr-1.5">
        <Menu
          className="w-60"
          trigger={
            <IconButton label={t("actions", { file: job.file_name })} size="icon-sm">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem
            icon={<ArrowRight aria-hidden />}
            render={<Link href={`/${slug}/imports/${job.id}`} prefetch={false} />}
          >
            {t("open")}
          </MenuItem>
          {job.counts.error > 0 && canWrite && !isPurged(job) ? (
            <MenuItem
              icon={<Download aria-hidden />}
              render={<a href={errorFileUrl(job.id)} download aria-label={t("errors")} />}
            >
              {t("errors")}
            </MenuItem>
          ) : null}
          {canRevert ? (
            <>
              <MenuSeparator />
              <MenuItem icon={<Undo2 aria-hidden />} danger onClick={() => setAsking(true)}>
                {t("revert")}
              </MenuItem>
            </>
          ) : null}
        </Menu>
      </div>
      {isAsking ? <RevertDialog job={job} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}
