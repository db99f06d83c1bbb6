"use client";

import { RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";

interface TrashBannerProps {
  text: string;
  isBusy: boolean;
  onRestore: () => void;
}

/** Says that a record is in the trash, and takes it out. */
export function TrashBanner({ text, isBusy, onRestore }: TrashBannerProps) {
  const t = useTranslations("records.list");
  const { canWrite } = useSession();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger-ink">
      <Trash2 aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1" suppressHydrationWarning>
        {text}
      </p>
      {canWrite ? (
        <Button size="sm" busy={isBusy} onClick={onRestore}>
          <RotateCcw aria-hidden />
          {t("restore")}
        </Button>
      ) : null}
    </div>
  );
}
