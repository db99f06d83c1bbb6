"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Segmented } from "@/ui/segmented";
import { TagOptions } from "./tag-options";

/** Ids of tags that are put on records and taken off them. */
export interface TagChange {
  add: string[];
  remove: string[];
}

interface TagDialogProps {
  count: number;
  onClose: () => void;
  onApply: (change: TagChange) => void;
}

/** Puts tags on many records, or takes them off. */
export function TagDialog({ count, onClose, onApply }: TagDialogProps) {
  const t = useTranslations("tags.bulk");
  const formId = useId();
  const [what, setWhat] = useState<"add" | "remove">("add");
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title", { count })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={chosen.length === 0}>
            {t(what === "add" ? "applyAdd" : "applyRemove", { count })}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        className="flex flex-col gap-4 text-sm"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length === 0) return;
          onApply({ add: [], remove: [], [what]: chosen });
        }}
      >
        <Segmented
          label={t("what")}
          isLabelHidden
          value={what}
          onValueChange={(next) => {
            setWhat(next);
            setChosen([]);
          }}
          options={[
            { value: "add", label: t("add") },
            { value: "remove", label: t("remove") },
          ]}
        />
        <TagOptions selected={chosen} onChange={setChosen} canCreate={what === "add"} />
      </form>
    </Dialog>
  );
}
