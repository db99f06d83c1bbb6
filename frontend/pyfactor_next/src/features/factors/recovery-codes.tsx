"use client";

import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";

/** New recovery codes, this once: to copy, to download, to write down. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useTranslations("settings.factors");
  const text = codes.join("\n");
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "dott-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Dialog
      open
      // Not by a click beside it: they are never shown again.
      onOpenChange={(_, details) => {
        if (details.reason !== "outside-press") onClose();
      }}
      title={t("codesTitle")}
      description={t("codesDescription")}
      width="sm:max-w-md"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("codesSaved")}
        </Button>
      }
    >
      <ul
        dir="ltr"
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg bg-sunken px-5 py-4 font-mono text-sm tabular-nums"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={text} label={t("codesCopy")} />
        <Button variant="ghost" size="sm" onClick={download}>
          <Download aria-hidden />
          {t("codesDownload")}
        </Button>
      </div>
    </Dialog>
  );
}
