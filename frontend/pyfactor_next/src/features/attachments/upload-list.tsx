"use client";

import { RotateCcw, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { MAX_BYTES } from "./size";
import type { Upload } from "./use-uploads";

interface UploadListProps {
  uploads: readonly Upload[];
  onRetry: (upload: Upload) => void;
  onDismiss: (id: string) => void;
}

/** Files on their way, and those that did not get there. */
export function UploadList({ uploads, onRetry, onDismiss }: UploadListProps) {
  const t = useTranslations("attachments");
  if (uploads.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {uploads.map((upload) => {
        const { name } = upload.file;
        return (
          <li key={upload.id} className="rounded-md bg-sunken px-3 py-2 text-sm">
            <div className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {upload.error && upload.file.size <= MAX_BYTES ? (
                <Button size="sm" onClick={() => onRetry(upload)}>
                  <RotateCcw aria-hidden />
                  {t("retry")}
                </Button>
              ) : null}
              <IconButton
                size="icon-sm"
                label={t(upload.error ? "dismiss" : "cancel", { name })}
                onClick={() => onDismiss(upload.id)}
              >
                <X aria-hidden />
              </IconButton>
            </div>
            {upload.error ? (
              <p role="alert" className="text-xs text-danger-ink">
                {upload.error}
              </p>
            ) : (
              <progress
                max={1}
                value={upload.progress}
                aria-label={t("uploading", { name })}
                className="h-1 w-full accent-(--accent)"
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
