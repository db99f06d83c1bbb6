"use client";

import type { ReactNode } from "react";
import { FilesTarget } from "./files-target";
import type { Owner } from "./queries";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

interface PasteToAttachProps {
  about: Owner;
  isReadOnly: boolean;
  children: ReactNode;
}

/** Attaches to a record what is pasted or dropped anywhere in its timeline. */
export function PasteToAttach({ about, isReadOnly, children }: PasteToAttachProps) {
  const { uploads, add, retry, dismiss } = useUploads(about);
  return (
    <FilesTarget isReadOnly={isReadOnly} onFiles={add}>
      <UploadList uploads={uploads} onRetry={retry} onDismiss={dismiss} />
      {children}
    </FilesTarget>
  );
}
