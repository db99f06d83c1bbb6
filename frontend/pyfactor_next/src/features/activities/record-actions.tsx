"use client";

import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { kindIcons } from "./kind-icons";

const OFFERED = ["note", "task", "call", "email"] as const;

/** Note, Task, Call, E-mail: opens the composer of the record's timeline. Nothing for who only reads. */
export function RecordActions({ isReadOnly = false }: { isReadOnly?: boolean }) {
  const t = useTranslations("activities");
  const { canWrite } = useSession();
  const { openSection } = useRecordFrame();
  const enabled = canWrite && !isReadOnly;
  const group = t("shortcuts.group");
  useShortcut("n", () => openSection("timeline", "note"), {
    label: t("shortcuts.note"),
    group,
    enabled,
  });
  useShortcut("t", () => openSection("timeline", "task"), {
    label: t("shortcuts.task"),
    group,
    enabled,
  });
  if (!enabled) return null;
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t("actions.label")}</legend>
      {OFFERED.map((kind) => {
        const Icon = kindIcons[kind];
        return (
          <Button key={kind} onClick={() => openSection("timeline", kind)}>
            <Icon aria-hidden />
            {t(`actions.${kind}`)}
          </Button>
        );
      })}
    </fieldset>
  );
}
