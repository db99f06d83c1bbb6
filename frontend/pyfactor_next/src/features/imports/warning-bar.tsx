"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";

interface WarningBarProps {
  /** Rows with a warning in the whole import. */
  count: number;
  isOnly: boolean;
  onChange: (isOnly: boolean) => void;
}

/** Says that rows carry a warning, and lists only them when asked to. */
export function WarningBar({ count, isOnly, onChange }: WarningBarProps) {
  const t = useTranslations("imports.review");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-4 py-2 text-sm text-warning-ink md:px-5">
      <p className="flex min-w-0 flex-1 basis-72 items-start gap-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("warnings", { count })}
      </p>
      <Button
        size="sm"
        aria-pressed={isOnly}
        className={cn(isOnly && "bg-selected text-accent-ink")}
        onClick={() => onChange(!isOnly)}
      >
        {t("onlyWarned")}
      </Button>
    </div>
  );
}
