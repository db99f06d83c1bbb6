"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText } from "@/features/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { type Entity, isSelect, type OwnField, type OwnFieldType, TYPES } from "../types";
import { keyOf } from "./key-of";
import { type DraftOption, OptionsEditor } from "./options-editor";
import { useSetup } from "./use-setup";

export interface FieldDraft {
  label: string;
  type: OwnFieldType;
}

interface FieldDialogProps {
  entity: Entity;
  /** null for a new one. */
  field: OwnField | null;
  /** What a new one begins with. */
  draft?: FieldDraft;
  /** A new one is there now. */
  onAdded?: (field: OwnField) => void;
  onClose: () => void;
}

/** Makes a field or changes one. Key and type are given once. */
export function FieldDialog(props: FieldDialogProps) {
  const { entity, field, draft, onAdded, onClose } = props;
  const t = useTranslations("fields.setup");
  const tTypes = useTranslations("fields.types");
  const explain = useErrorText();
  const formId = useId();
  const { run, isBusy, versionOf } = useSetup();
  const [label, setLabel] = useState(field?.label ?? draft?.label ?? "");
  const [key, setKey] = useState<string | null>(field?.key ?? null);
  const [type, setType] = useState<OwnFieldType>(field?.type ?? draft?.type ?? "text");
  const [isRequired, setRequired] = useState(field?.is_required ?? false);
  const [options, setOptions] = useState<readonly DraftOption[]>(() => draftOptions(field));
  const [error, setError] = useState<unknown>(null);
  const ownKey = key ?? keyOf(label);
  const errorOf = (name: string): string | undefined =>
    isApiError(error)
      ? error.fieldErrors.find((each) => each.field?.split(".")[0] === name)?.message
      : undefined;
  const isTold = ["label", "key", "type"].some((name) => errorOf(name));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setError(null);
    const listed = options
      .filter((option) => option.label.trim() !== "")
      .map(({ id, label: text }) => ({ ...(id ? { id } : {}), label: text, is_archived: false }));
    const values = {
      label: label.trim(),
      is_required: isRequired,
      ...(isSelect(type) ? { options: listed } : {}),
    };
    try {
      await run(
        (api, onChange) =>
          field
            ? api.patch("/api/crm/custom-fields/{id}/", values, {
                path: { id: field.id },
                version: versionOf(field),
                onChange,
              })
            : api
                .post(
                  "/api/crm/custom-fields/",
                  { ...values, entity, key: ownKey, type },
                  { onChange },
                )
                .then((added) => onAdded?.(added)),
        t(field ? "saved" : "added", { name: values.label }),
      );
      onClose();
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={field ? t("editTitle", { name: field.label }) : t("newTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={isBusy}>
            {t(field ? "save" : "add")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>
          {error !== null && !isTold ? (errorOf("options") ?? explain(error).description) : null}
        </FormAlert>
        <Field label={t("label")} error={errorOf("label")} required>
          <Input
            autoFocus
            value={label}
            maxLength={80}
            onChange={(event) => setLabel(event.target.value)}
          />
        </Field>
        {field ? null : (
          <Field label={t("type")} error={errorOf("type")}>
            <Select
              value={type}
              onValueChange={setType}
              options={TYPES.map((value) => ({ value, label: tTypes(value) }))}
            />
          </Field>
        )}
        {isSelect(type) ? <OptionsEditor options={options} onChange={setOptions} /> : null}
        {field ? null : (
          <Field label={t("key")} hint={t("keyHint")} error={errorOf("key")}>
            <Input
              dir="ltr"
              spellCheck={false}
              value={ownKey}
              maxLength={50}
              onChange={(event) => setKey(event.target.value)}
            />
          </Field>
        )}
        <Checkbox label={t("required")} checked={isRequired} onCheckedChange={setRequired} />
      </form>
    </Dialog>
  );
}

function draftOptions(field: OwnField | null): DraftOption[] {
  const listed = (field?.options ?? []).filter((option) => !option.is_archived);
  if (listed.length === 0) return [{ place: 0, label: "" }];
  return listed.map(({ id, label }, place) => ({ place, ...(id ? { id } : {}), label }));
}
