"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ActivityFields } from "./form-fields";
import { emptyValues } from "./form-values";
import type { Activity } from "./types";
import { useActivityForm } from "./use-activity-form";

/** Changes an activity. */
export function EditActivityDialog({
  activity,
  onClose,
}: {
  activity: Activity;
  onClose: () => void;
}) {
  const t = useTranslations("activities");
  const id = useId();
  const form = useActivityForm({
    initial: emptyValues(activity.kind, ""),
    about: {},
    activity,
    onSaved: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("task.editTitle", { kind: t(`kinds.${activity.kind}`) })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("composer.cancel")}
          </Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            busy={form.isSaving}
            disabled={!form.canSave}
          >
            {t("composer.save")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        <ActivityFields
          values={form.values}
          errors={form.errors}
          onChange={form.change}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
