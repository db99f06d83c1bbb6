"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorText } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormAlert } from "@/ui/field";
import { type Chosen, inOrder, isDiffering, shownFields } from "./choices";
import type { MergeDialogProps } from "./merge-dialog";
import { MergePreview } from "./merge-preview";
import { MergeTable } from "./merge-table";
import type { MergeRecord } from "./types";
import { useMerge, usePreview } from "./use-merge";

interface MergeFormProps<R extends MergeRecord> extends MergeDialogProps<R> {
  records: readonly R[];
}

/** The dialog once its records are there. */
export function MergeForm<R extends MergeRecord>(props: MergeFormProps<R>) {
  const { resource, records, onClose, onMerged } = props;
  const t = useTranslations("records.merge");
  const errorText = useErrorText();
  const fields = resource.useFields();
  const [survivor, setSurvivor] = useState(records[0]?.id ?? "");
  const [chosen, setChosen] = useState<Chosen>({});
  const [showsAll, setShowsAll] = useState(false);
  const ordered = inOrder(records, survivor);
  const preview = usePreview(resource, ordered, chosen);
  const merge = useMerge(resource);
  const differing = fields.filter(({ name }) => isDiffering(records, name)).length;
  const shown = shownFields(fields, records, showsAll);
  const name = ordered[0]?.display_name ?? "";
  const error = merge.error ?? preview.error;
  const confirm = async (): Promise<void> => {
    try {
      await merge.mutateAsync({ ordered, chosen });
    } catch {
      // The dialog says why, and shows the records as they are now.
      return;
    }
    onClose();
    onMerged?.(survivor);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title", { count: records.length })}
      description={t("description")}
      width="sm:max-w-4xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            className="min-w-0"
            busy={merge.isPending}
            disabled={preview.isFetching || preview.isError}
            onClick={() => void confirm()}
          >
            <span className="truncate">{t("confirm", { count: records.length - 1, name })}</span>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error ? <FormAlert>{errorText(error).description}</FormAlert> : null}
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-sm text-muted">{t("differing", { count: differing })}</p>
          <Button size="sm" variant="ghost" onClick={() => setShowsAll(!showsAll)}>
            {t(showsAll ? "showDiffering" : "showAll")}
          </Button>
        </div>
        <MergeTable
          records={records}
          ordered={ordered}
          fields={shown}
          chosen={chosen}
          note={resource.note}
          onSurvive={setSurvivor}
          onChoose={(field, id) => setChosen({ ...chosen, [field]: id })}
        />
        <MergePreview result={preview.isError ? undefined : preview.data} fields={fields} />
      </div>
    </Dialog>
  );
}
