"use client";

import { ChevronDown, History } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useWords } from "@/features/history";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import type { Change } from "./queries";

/** Characters of a long text. */
const SHOWN = 200;

/** What of a record was changed, folded until somebody wants to know. */
export function ChangeEntry({ change, at }: { change: Change; at: string }) {
  const t = useTranslations("timeline");
  const format = useFormatter();
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const isUpdate = change.operation === "update";
  const fields = isUpdate ? Object.keys(change.after) : [];
  const entity = change.entity.slice(change.entity.indexOf(".") + 1);
  const of = entity === "deal" || entity === "contact" ? `${t(`entities.${entity}`)}: ` : "";
  const what = isUpdate
    ? t("fields", { count: fields.length })
    : t(`operations.${change.operation as "create"}`);
  return (
    <div className="flex gap-3">
      <span aria-hidden className="flex size-7 shrink-0 items-center justify-center text-faint">
        <History className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex min-h-7 flex-wrap items-center gap-x-2 text-xs text-muted">
          <span>{of + t("by", { what, who: change.actor_name || t("somebody") })}</span>
          <time dateTime={at} suppressHydrationWarning>
            {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" })}
          </time>
          {fields.length > 0 ? (
            <Button
              size="sm"
              variant="ghost"
              aria-expanded={isOpen}
              aria-label={t(isOpen ? "hide" : "show")}
              onClick={() => setOpen(!isOpen)}
            >
              <ChevronDown aria-hidden className={cn(isOpen && "rotate-180")} />
            </Button>
          ) : null}
        </p>
        {isOpen ? (
          <dl className="flex flex-col gap-1 pb-1 text-xs">
            {fields.map((field) => (
              <div key={field} className="flex flex-wrap gap-x-2">
                <dt className="text-muted">{words.field(change.entity, field)}</dt>
                <dd className="min-w-0 break-words">
                  <del className="text-muted">
                    {words.value(change.entity, field, change.before[field]).slice(0, SHOWN)}
                  </del>
                  {" → "}
                  <ins className="no-underline">
                    {words.value(change.entity, field, change.after[field]).slice(0, SHOWN)}
                  </ins>
                </dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </div>
  );
}
