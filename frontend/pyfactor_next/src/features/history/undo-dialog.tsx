"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";
import { ConflictDialog } from "./conflict-dialog";
import { conflictsQuery } from "./queries";
import type { ChangeSet } from "./types";
import { useUndo } from "./undo";

interface UndoDialogProps {
  set: ChangeSet;
  onClose: () => void;
}

/** Asks before an older change is undone, having looked for what was changed since. */
export function UndoDialog({ set, onClose }: UndoDialogProps) {
  const t = useTranslations("history");
  const { slug } = useSession();
  const undo = useUndo();
  const [isBusy, setBusy] = useState(false);
  const { data, error, refetch } = useQuery(conflictsQuery(slug, set.id));
  const count = set.summary.reduce((sum, part) => sum + part.count, 0);
  if (data && data.conflict_count > 0) {
    const conflicted = {
      step: [set.id],
      conflicts: data.conflicts,
      count: data.conflict_count,
    };
    return <ConflictDialog conflicted={conflicted} onClose={onClose} />;
  }
  const confirm = async (): Promise<void> => {
    setBusy(true);
    await undo([set.id]);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("preview.title")}
      footer={
        <>
          <Button onClick={onClose}>{t("conflict.cancel")}</Button>
          <Button variant="primary" busy={isBusy} disabled={!data} onClick={() => void confirm()}>
            {t("preview.confirm")}
          </Button>
        </>
      }
    >
      {error ? (
        <ApiErrorState error={error} className="py-6" onRetry={() => void refetch()} />
      ) : data ? (
        <p className="text-sm">{t("preview.safe", { count })}</p>
      ) : (
        <div aria-busy>
          <p className="sr-only">{t("preview.checking")}</p>
          <Skeleton className="w-64" />
        </div>
      )}
    </Dialog>
  );
}
