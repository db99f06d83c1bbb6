"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ConflictTable } from "./conflict-table";
import { type Conflicted, type OnConflict, useUndo } from "./undo";

interface ConflictDialogProps {
  conflicted: Conflicted;
  onClose: () => void;
}

/** What was changed since, field by field, and the two ways on: keep it or overwrite it. */
export function ConflictDialog({ conflicted, onClose }: ConflictDialogProps) {
  const t = useTranslations("history.conflict");
  const undo = useUndo();
  const [busy, setBusy] = useState<OnConflict | null>(null);
  const go = async (onConflict: OnConflict): Promise<void> => {
    setBusy(onConflict);
    if (await undo(conflicted.step, { onConflict })) onClose();
    else setBusy(null);
  };
  const canOverwrite = conflicted.conflicts.some(({ code }) => code === "changed");
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title")}
      description={t("description", { count: conflicted.count })}
      width="sm:max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button busy={busy === "keep"} disabled={busy !== null} onClick={() => void go("keep")}>
            {t("keep")}
          </Button>
          <Button
            variant="danger"
            busy={busy === "overwrite"}
            disabled={busy !== null || !canOverwrite}
            onClick={() => void go("overwrite")}
          >
            {t("overwrite")}
          </Button>
        </>
      }
    >
      <ConflictTable conflicts={conflicted.conflicts} count={conflicted.count} />
    </Dialog>
  );
}
