"use client";

import { useEffect } from "react";
import { useSession } from "@/features/session";
import { forgetRecord, type RecordKind, rememberRecord } from "./recent";

interface Shown {
  kind: RecordKind;
  id: string;
  title: string;
  line: string;
  /** One in the trash is taken off the list. */
  isTrashed: boolean;
}

/** Puts the record on screen first among those the command palette offers again. */
export function useRememberRecord({ kind, id, title, line, isTrashed }: Shown): void {
  const { user, slug } = useSession();
  useEffect(() => {
    if (isTrashed) forgetRecord(user.id, slug, id);
    else rememberRecord(user.id, slug, { kind, id, title, line });
  }, [user.id, slug, kind, id, title, line, isTrashed]);
}
