"use client";

import { Ellipsis, FileSpreadsheet, FileText } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ComponentProps, lazy, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { Later } from "@/ui/later";
import { Outcome } from "./outcome";
import { StateBadge } from "./state-badge";
import type { ImportJob } from "./types";

const ImportMenu = lazy(() => import("./import-menu"));
const RevertDialog = dynamic(() => import("./revert-dialog").then((m) => m.RevertDialog));

/** An import in the list. The whole line leads to it; the menu holds what else can be done. */
export function ImportItem({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.list");
  const format = useFormatter();
  const { slug } = useSession();
  const [isAsking, setAsking] = useState(false);
  const Icon = job.dialect.format === "xlsx" ? FileSpreadsheet : FileText;
  const created = new Date(job.created_at);
  const isThisYear = created.getFullYear() === new Date().getFullYear();
  const when = format.dateTime(created, {
    ...(isThisYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });

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
        <p className="min-w-0 truncate text-xs text-muted sm:col-span-2 lg:col-span-1 lg:text-end">
          {t(`entities.${job.entity}`)} ·{" "}
          {job.row_count === null ? null : <>{t("rows", { count: job.row_count })} · </>}
          {job.created_by_name ? t("by", { when, name: job.created_by_name }) : when}
        </p>
      </div>
      <div className="relative z-1 -me-1.5">
        <Later face={(press) => <ActionsButton file={job.file_name} {...press} />}>
          {(wasPressed) => (
            <ImportMenu
              job={job}
              trigger={<ActionsButton file={job.file_name} />}
              isOpenAtFirst={wasPressed}
              onRevert={() => setAsking(true)}
            />
          )}
        </Later>
      </div>
      {isAsking ? <RevertDialog job={job} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

function ActionsButton({
  file,
  ...rest
}: Omit<ComponentProps<typeof IconButton>, "label" | "children"> & { file: string }) {
  const t = useTranslations("imports.list");
  return (
    <IconButton label={t("actions", { file })} size="icon-sm" {...rest}>
      <Ellipsis aria-hidden />
    </IconButton>
  );
}
