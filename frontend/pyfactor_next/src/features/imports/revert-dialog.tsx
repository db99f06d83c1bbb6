"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { useStartWork } from "./mutations";
import type { ImportJob } from "./types";

/** Says what taking the import back means, and does it. Mounted while it is asked. */
export function RevertDialog({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const t = useTranslations("imports.revert");
  const start = useStartWork(job.id);
  const showError = useErrorToast();
  const [isOpen, setOpen] = useState(true);
  const { create, update } = job.counts;
  const { entity } = job;

  const close = (): void => {
    setOpen(false);
    onClose();
  };
  return (
    <AlertDialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t("title")}
      description={t("description", { create, update, entity })}
      confirmLabel={t("confirm")}
      danger
      busy={start.isPending}
      onConfirm={() =>
        start.mutate("revert", {
          onSuccess: close,
          onError: (error) => {
            showError(error, t("failed"));
            close();
          },
        })
      }
    >
      <p className="text-sm text-muted">{t("kept", { entity })}</p>
    </AlertDialog>
  );
}
