"use client";

import { Merge as MergeIcon } from "lucide-react";
import { type ComponentType, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";

/** As many as the API merges at once. */
const MERGE_MAX = 5;

interface MergeButtonProps {
  ids: readonly string[];
  Merge: ComponentType<{
    ids: readonly string[];
    onClose: () => void;
    onMerged?: (survivor: string) => void;
  }>;
  onMerged: () => void;
}

/** Of a bulk bar: makes the selected records into one, where they are neither too few nor too many. */
export function MergeButton({ ids, Merge, onMerged }: MergeButtonProps) {
  const t = useTranslations("records.merge");
  const [isOpen, setOpen] = useState(false);
  if (ids.length < 2 || ids.length > MERGE_MAX) return null;
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <MergeIcon aria-hidden />
        {t("button")}
      </Button>
      {isOpen ? <Merge ids={ids} onClose={() => setOpen(false)} onMerged={onMerged} /> : null}
    </>
  );
}
