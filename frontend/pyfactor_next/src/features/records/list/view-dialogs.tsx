"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Segmented } from "@/ui/segmented";
import type { SavedView } from "./saved-views";

const NAME_MAX_LENGTH = 80;

interface NameDialogProps {
  title: string;
  name: string;
  /** Absent where it does not change. */
  visibility?: SavedView["visibility"];
  onClose: () => void;
  /** Resolves to whether it was done; then the dialog closes. */
  onSave: (name: string, visibility: SavedView["visibility"]) => Promise<boolean>;
}

function NameDialog(props: NameDialogProps) {
  const t = useTranslations("records.views");
  const formId = useId();
  const [name, setName] = useState(props.name);
  const [visibility, setVisibility] = useState(props.visibility ?? "private");
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    const isDone = await props.onSave(name.trim(), visibility);
    setBusy(false);
    if (isDone) props.onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={props.title}
      width="sm:max-w-md"
      footer={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isBusy}
            disabled={name.trim() === ""}
          >
            {t("saveButton")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t("name")} required>
          <Input
            autoFocus
            value={name}
            maxLength={NAME_MAX_LENGTH}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {props.visibility ? (
          <Segmented
            label={t("visibility")}
            value={visibility}
            onValueChange={setVisibility}
            options={[
              { value: "private", label: t("private") },
              { value: "shared", label: t("everybody") },
            ]}
          />
        ) : null}
      </form>
    </Dialog>
  );
}

export function RenameDialog(props: {
  view: SavedView;
  onClose: () => void;
  onRename: (name: string) => Promise<boolean>;
}) {
  const t = useTranslations("records.views");
  return (
    <NameDialog
      title={t("renameTitle")}
      name={props.view.name}
      onClose={props.onClose}
      onSave={props.onRename}
    />
  );
}

export function SaveViewDialog(props: {
  onClose: () => void;
  onSave: (name: string, visibility: SavedView["visibility"]) => Promise<boolean>;
}) {
  const t = useTranslations("records.views");
  return (
    <NameDialog
      title={t("newTitle")}
      name=""
      visibility="private"
      onClose={props.onClose}
      onSave={props.onSave}
    />
  );
}
