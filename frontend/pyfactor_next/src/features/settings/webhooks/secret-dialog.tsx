"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";

interface SecretDialogProps {
  title: string;
  secret: string;
  onClose: () => void;
}

/** A secret, this once. */
export function SecretDialog({ title, secret, onClose }: SecretDialogProps) {
  const t = useTranslations("settings.webhooks");
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={t("secretDescription")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("copied")}
        </Button>
      }
    >
      <div className="flex items-center gap-2 rounded-lg bg-sunken p-3 ring-1 ring-inset ring-line">
        <code dir="ltr" className="min-w-0 flex-1 text-sm break-all">
          {secret}
        </code>
        <CopyButton text={secret} label={t("copySecret")} />
      </div>
      <p className="mt-3 text-sm text-muted">{t("secretUse")}</p>
    </Dialog>
  );
}
