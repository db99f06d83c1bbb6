"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { ACCEPTED, MAX_FILE_BYTES, MAX_ROWS, sizeOf } from "./file-check";

interface DropZoneProps {
  onFiles: (files: File[]) => void;
}

/** Takes a file by drop, by the button, or by keyboard through the button. */
export function DropZone({ onFiles }: DropZoneProps) {
  const t = useTranslations("imports.upload");
  const format = useFormatter();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [isOver, setOver] = useState(false);
  const limit = sizeOf(MAX_FILE_BYTES);

  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={cn(
        "flex flex-col items-center justify-center rounded-xl border-2 border-dashed border-field px-6 py-12 text-center transition-colors sm:py-16",
        isOver && "border-accent bg-selected",
      )}
    >
      <div
        aria-hidden
        className={cn(
          "mb-4 flex size-12 items-center justify-center rounded-xl bg-sunken text-muted ring-1 ring-inset ring-line transition-transform",
          isOver && "bg-raised text-accent-ink motion-safe:-translate-y-1",
        )}
      >
        <FileUp className="size-5.5" />
      </div>
      <p className="text-base font-medium">{isOver ? t("dropNow") : t("drop")}</p>
      <p className="my-1.5 text-sm text-muted">{t("or")}</p>
      <Button
        variant="primary"
        aria-describedby={hint}
        onClick={() => input.current?.click()}
        // So that Enter does it at once after coming to this page.
        autoFocus
      >
        {t("choose")}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        className="hidden"
        tabIndex={-1}
        aria-label={t("choose")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file again, after it was mended, must count as a choice too.
          event.target.value = "";
        }}
      />
      <p id={hint} className="mt-4 text-xs text-muted">
        {t("limits", {
          size: format.number(limit.value, { style: "unit", unit: limit.unit }),
          rows: MAX_ROWS,
        })}
      </p>
    </div>
  );
}
