"use client";

import { FileCheck2, History } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { layoutNames } from "./layouts";
import type { ImportJob } from "./types";

interface OriginNoteProps {
  job: ImportJob;
  isFixed: boolean;
  isForgetting: boolean;
  onForget: () => void;
}

/** Where the first choice of fields comes from, when not from the headers alone. */
export function OriginNote({ job, isFixed, isForgetting, onForget }: OriginNoteProps) {
  const t = useTranslations("imports.columns.origin");
  const format = useFormatter();
  const { layout, mapped_like: like } = job;
  if (layout === "" && like === null) return null;
  return (
    <section
      aria-label={t("label")}
      className="flex flex-col gap-3 rounded-lg bg-raised px-4 py-3 text-sm ring-1 ring-line"
    >
      {layout === "" ? null : (
        <Said icon={<FileCheck2 aria-hidden />}>
          <p>
            {layout === "vcard" ? t("vcard") : t("recognised", { program: layoutNames[layout] })}
          </p>
          <p className="text-xs text-muted">{t(layout === "vcard" ? "vcardHint" : "hint")}</p>
        </Said>
      )}
      {like === null ? null : (
        <Said icon={<History aria-hidden />}>
          <p className="break-words">
            {t("remembered", {
              file: like.file_name,
              date: format.dateTime(new Date(like.applied_at), { dateStyle: "medium" }),
            })}
          </p>
          {isFixed ? null : (
            <Button size="sm" className="mt-2" busy={isForgetting} onClick={onForget}>
              {t("forget")}
            </Button>
          )}
        </Said>
      )}
    </section>
  );
}

function Said({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-accent-ink">
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
