"use client";

import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { FrameTab, RecordParts } from "@/features/records";
import { IconButton } from "@/ui/icon-button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { SidePanel } from "@/ui/side-panel";
import type { Customer, CustomerRow } from "../types";
import { RecordView } from "./record-view";

interface RecordPanelProps {
  id: string;
  hint: CustomerRow | undefined;
  parts: RecordParts<Customer>;
  onClose: () => void;
  /** To the row after (1) or before (-1). */
  onStep: (delta: number) => void;
  onOpenPage: () => void;
}

/** A record beside the list it is in. */
export function RecordPanel(props: RecordPanelProps) {
  const { id, hint, parts, onClose, onStep, onOpenPage } = props;
  const t = useTranslations("customers");
  // Stays the same while walking from record to record.
  const [tab, setTab] = useState<FrameTab | null>(null);
  const group = t("shortcuts.panel");
  const next = { label: t("record.next"), group };
  const previous = { label: t("record.previous"), group };
  useShortcut("j", () => onStep(1), next);
  useShortcut("k", () => onStep(-1), previous);
  useShortcut("arrowdown", () => onStep(1), next);
  useShortcut("arrowup", () => onStep(-1), previous);
  useShortcut("o", onOpenPage, { label: t("record.openPage"), group });
  return (
    <SidePanel label={hint?.display_name ?? t("record.panel")} onClose={onClose}>
      <div className="flex h-13 shrink-0 items-center gap-0.5 border-b px-3">
        <IconButton label={t("record.previous")} keys="k" onClick={() => onStep(-1)}>
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t("record.next")} keys="j" onClick={() => onStep(1)}>
          <ChevronDown aria-hidden />
        </IconButton>
        <span className="flex-1" />
        <IconButton label={t("record.openPage")} keys="o" onClick={onOpenPage}>
          <Maximize2 aria-hidden />
        </IconButton>
        <IconButton label={t("record.close")} keys="escape" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4">
        <RecordView
          key={id}
          id={id}
          hint={hint}
          variant="panel"
          parts={parts}
          tab={tab}
          onTabChange={setTab}
          onTrashed={onClose}
        />
      </div>
    </SidePanel>
  );
}
