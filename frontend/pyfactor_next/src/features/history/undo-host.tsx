"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ownChanges } from "@/api";
import { useSession } from "@/features/session";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { connectConflicts } from "./open-conflict";
import { type Conflicted, useUndo } from "./undo";

const ConflictDialog = dynamic(() => import("./conflict-dialog").then((m) => m.ConflictDialog));

/** ⌘Z and ⇧⌘Z over what this tab did, and the dialog about what stands against it. Once, around the pages. */
export function UndoHost() {
  const t = useTranslations("history.shortcuts");
  const general = useTranslations("shell.shortcuts")("general");
  const { slug, canWrite } = useSession();
  const undo = useUndo();
  const isBusy = useRef(false);
  const [conflicted, setConflicted] = useState<Conflicted | null>(null);

  useEffect(() => connectConflicts(setConflicted), []);
  useEffect(() => {
    // Another business's changes are none that can be undone here.
    void slug;
    return () => ownChanges.clear();
  }, [slug]);

  const go = async (which: "done" | "undone"): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    // What is still being saved was done last.
    await ownChanges.settled();
    const step = ownChanges.latest(which);
    if (step) await undo(step, { isRedo: which === "undone" });
    isBusy.current = false;
  };
  const options = { group: general, enabled: canWrite, isOutsideOnly: true };
  useShortcut("mod+z", () => void go("done"), { ...options, label: t("undo") });
  useShortcut("mod+shift+z", () => void go("undone"), { ...options, label: t("redo") });

  return conflicted ? (
    <ConflictDialog conflicted={conflicted} onClose={() => setConflicted(null)} />
  ) : null;
}
