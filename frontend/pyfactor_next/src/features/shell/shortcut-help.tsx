"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "@/ui/dialog";
import { Kbd, useIsMac } from "@/ui/kbd";
import { areShortcutsOff, setShortcutsOff } from "@/ui/shortcuts/registry";
import { useShortcutList } from "@/ui/shortcuts/shortcuts";
import { Switch } from "@/ui/switch";

/** What the keys of this very page do. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.shortcuts");
  const isMac = useIsMac();
  const shortcuts = useShortcutList();
  const [isOff, setOff] = useState(areShortcutsOff);
  const groups = Map.groupBy(shortcuts, (shortcut) => shortcut.group);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("description")}
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-muted">{group}</h3>
            <ul>
              {entries.map((entry) => (
                <li
                  key={entry.keys}
                  className="flex min-h-7 items-center justify-between gap-3 text-sm"
                >
                  {entry.label}
                  <Kbd keys={entry.keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Switch
        className="mt-6 border-t pt-4"
        label={t("off")}
        hint={t("offHint", { modifier: isMac ? "⌘" : "Ctrl" })}
        checked={isOff}
        onCheckedChange={(checked) => {
          setShortcutsOff(checked);
          setOff(checked);
        }}
      />
    </Dialog>
  );
}
