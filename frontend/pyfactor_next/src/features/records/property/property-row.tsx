"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";

interface PropertyRowProps {
  /** As the API names it. */
  field: string;
  label: string;
  shown: string;
  isReadOnly: boolean;
  onEdit: () => void;
  valueClassName?: string;
  /** The editor, in place of the value while there is one. */
  children: ReactNode;
}

/** Label, and the value that a click changes; an empty one shows what can be added. */
export function PropertyRow(props: PropertyRowProps) {
  const { field, label, shown, isReadOnly, onEdit, valueClassName, children } = props;
  const t = useTranslations("records.property");
  return (
    <div className="group/property grid grid-cols-[7.5rem_minmax(0,1fr)] items-start gap-2 py-0.5 text-sm">
      <dt data-last-change={field} className="py-1.5 text-muted">
        {label}
      </dt>
      <dd className="min-w-0">
        {children ??
          (isReadOnly ? (
            <span className={cn("block px-2 py-1.5 break-words", valueClassName)}>{shown}</span>
          ) : (
            <button
              type="button"
              aria-label={t("edit", { label, value: shown })}
              onClick={onEdit}
              className={cn(
                "block min-h-8 w-full rounded-md px-2 py-1.5 text-start break-words hover:bg-hover",
                valueClassName,
              )}
            >
              {shown || (
                <span className="text-muted opacity-0 group-focus-within/property:opacity-100 group-hover/property:opacity-100 max-md:opacity-100">
                  {t("add", { label })}
                </span>
              )}
            </button>
          ))}
      </dd>
    </div>
  );
}
