"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

interface FilesTargetProps {
  isReadOnly: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Takes files that are dropped on what is inside, or pasted into it. */
export function FilesTarget({ isReadOnly, onFiles, children }: FilesTargetProps) {
  const t = useTranslations("attachments");
  const [isOver, setOver] = useState(false);
  if (isReadOnly) return children;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button of the files' tab does the same
    <div
      className="relative"
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        // A table copied from a spreadsheet comes as a picture, too; its text is what was meant.
        if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
        event.preventDefault();
        onFiles(files);
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver ? (
        <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-selected text-sm font-medium text-accent-ink opacity-95">
          {t("dropNow")}
        </div>
      ) : null}
    </div>
  );
}
