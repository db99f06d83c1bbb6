"use client";

import { ArrowRight, Download, Undo2 } from "lucide-react";
import Link from "next/link";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { errorFileUrl } from "./queries";
import { toMend } from "./review";
import { isApplied, isPurged, runningWork } from "./steps";
import type { ImportJob } from "./types";

interface ImportMenuProps {
  job: ImportJob;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  onRevert: () => void;
}

/** What can be done with an import from the list. */
export default function ImportMenu({ job, trigger, isOpenAtFirst, onRevert }: ImportMenuProps) {
  const t = useTranslations("imports.list");
  const { slug, canWrite } = useSession();
  const canRevert = isApplied(job) && runningWork(job.state) === undefined;
  const hasDetails = canWrite && !isPurged(job);
  return (
    <Menu className="w-60" trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuItem
        icon={<ArrowRight aria-hidden />}
        render={<Link href={`/${slug}/imports/${job.id}`} prefetch={false} />}
      >
        {t("open")}
      </MenuItem>
      {hasDetails && toMend(job.counts) > 0 ? (
        <MenuItem
          icon={<Download aria-hidden />}
          render={<a href={errorFileUrl(job.id)} download aria-label={t("errors")} />}
        >
          {t("errors")}
        </MenuItem>
      ) : null}
      {hasDetails && canRevert ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<Undo2 aria-hidden />} danger onClick={onRevert}>
            {t("revert")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
