"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { SaveViewDialog } from "./lazy";
import type { SavedViews } from "./use-saved-views";

/** What can be done with a list that is arranged otherwise than it was kept. */
export function ViewChanges({ saved }: { saved: SavedViews }) {
  const t = useTranslations("records.views");
  const [isNaming, setNaming] = useState(false);
  const { current, isModified } = saved;
  if (!saved.canWrite) return null;
  return (
    <div className="ms-auto flex items-center gap-1">
      {current && isModified ? (
        <>
          <Button variant="ghost" size="sm" onClick={() => saved.open(current)}>
            {t("reset")}
          </Button>
          {saved.mayChange(current) ? (
            <Button size="sm" onClick={() => void saved.save(current)}>
              {t("save")}
            </Button>
          ) : null}
        </>
      ) : null}
      {current === null || isModified ? (
        <Button size="sm" onClick={() => setNaming(true)}>
          {t("saveAs")}
        </Button>
      ) : null}
      {isNaming ? <SaveViewDialog onClose={() => setNaming(false)} onSave={saved.saveAs} /> : null}
    </div>
  );
}
