"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import type { WriteTags } from "../mutations";
import type { Tag } from "../types";

interface MergeDialogProps {
  tag: Tag;
  others: readonly Tag[];
  write: WriteTags;
  onClose: () => void;
}

/** Which tag takes another one's place on every record. */
export function MergeDialog({ tag, others, write, onClose }: MergeDialogProps) {
  const t = useTranslations("tags.setup");
  const formId = useId();
  const [into, setInto] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { name } = tag;
  const merge = async (): Promise<void> => {
    const survivor = others.find(({ id }) => id === into);
    if (!survivor) {
      setError(t("mergeRequired"));
      return;
    }
    setBusy(true);
    const isDone = await write(t("merged", { name, into: survivor.name }), (api, onChange) =>
      api.post(
        "/api/crm/tags/{id}/merge/",
        { tags: [tag.id] },
        { path: { id: survivor.id }, onChange },
      ),
    );
    if (isDone) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("mergeTitle", { name })}
      description={t("mergeDescription", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={isBusy}>
            {t("mergeApply")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void merge();
        }}
      >
        <Field label={t("mergeInto")} required error={error}>
          <Combobox
            options={others.map(({ id, name: label }) => ({ value: id, label }))}
            value={into}
            onValueChange={(next) => {
              setInto(next);
              setError(undefined);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
