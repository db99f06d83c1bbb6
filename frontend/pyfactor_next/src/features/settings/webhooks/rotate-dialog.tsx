"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { AlertDialog } from "@/ui/alert-dialog";
import { Segmented } from "@/ui/segmented";
import { toast } from "@/ui/toast";
import type { Webhook } from "./queries";
import { SecretDialog } from "./secret-dialog";
import { useWebhookWrites } from "./use-webhook-writes";

interface DialogProps {
  item: Webhook;
  onClose: () => void;
}

const OVERLAP_HOURS = { day: 24, now: 0 } as const;
type Overlap = keyof typeof OVERLAP_HOURS;

/** Asks how long the secret before stays good, and then shows the new one. */
export function RotateDialog({ item, onClose }: DialogProps) {
  const t = useTranslations("settings.webhooks");
  const [overlap, setOverlap] = useState<Overlap>("day");
  const [secret, setSecret] = useState<string>();
  const { run, isBusy } = useWebhookWrites();
  const rotate = async (): Promise<void> => {
    const made = await run((api) =>
      api.post(
        "/api/webhooks/endpoints/{id}/rotate-secret/",
        { overlap_hours: OVERLAP_HOURS[overlap] },
        { path: { id: item.id } },
      ),
    );
    if (made) setSecret(made.secret);
  };
  if (secret !== undefined) {
    return <SecretDialog title={t("rotatedTitle")} secret={secret} onClose={onClose} />;
  }
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("rotateTitle")}
      description={t("rotateDescription")}
      confirmLabel={t("newSecret")}
      busy={isBusy}
      onConfirm={() => void rotate()}
    >
      <Segmented<Overlap>
        label={t("overlap")}
        value={overlap}
        onValueChange={setOverlap}
        hint={t(`overlapHints.${overlap}`)}
        options={(["day", "now"] as const).map((value) => ({
          value,
          label: t(`overlaps.${value}`),
        }))}
      />
    </AlertDialog>
  );
}

export function DeleteDialog({ item, onClose }: DialogProps) {
  const t = useTranslations("settings.webhooks");
  const { run, isBusy } = useWebhookWrites();
  const remove = async (): Promise<void> => {
    await run(async (api) => {
      const where = { path: { id: item.id }, version: item.version };
      await api.delete("/api/webhooks/endpoints/{id}/", where);
      toast.success(t("deleted"));
    });
    onClose();
  };
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("deleteTitle")}
      description={t("deleteDescription", { name: item.description || item.url })}
      confirmLabel={t("deleteConfirm")}
      danger
      busy={isBusy}
      onConfirm={() => void remove()}
    />
  );
}
