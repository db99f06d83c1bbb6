"use client";

import { Check, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorText, useSession } from "@/features/session";
import { Checkbox } from "@/ui/checkbox";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { ownErrors } from "./form-values";
import { OwnInput } from "./own-input";
import { useOwnFields } from "./queries";
import type { Entity, OwnField, OwnValues } from "./types";
import { useOwnText } from "./use-own-text";

type Save = (field: OwnField, value: unknown) => Promise<void>;

interface RecordGroupProps {
  entity: Entity;
  values: OwnValues;
  isReadOnly: boolean;
  /** Rejects with what was refused. */
  save: Save;
}

/** The business's own fields on a record, each edited in its place. */
export function RecordGroup({ entity, values, isReadOnly, save }: RecordGroupProps) {
  const t = useTranslations("fields");
  const headingId = useId();
  const all = useOwnFields(entity);
  const fields = isReadOnly ? all.filter(({ key }) => values[key] !== undefined) : all;
  if (fields.length === 0) return null;
  return (
    <section aria-labelledby={headingId} className="py-3">
      <h3 id={headingId} className="flex min-h-7 items-center text-xs font-semibold text-muted">
        {t("group")}
      </h3>
      <div className="flex flex-col">
        {fields.map((field) => (
          <Row
            key={field.id}
            field={field}
            value={values[field.key]}
            isReadOnly={isReadOnly}
            save={save}
          />
        ))}
      </div>
    </section>
  );
}

interface RowProps {
  field: OwnField;
  value: unknown;
  isReadOnly: boolean;
  save: Save;
}

const valueStyle =
  "flex min-h-8 w-full min-w-0 rounded-md px-2 py-1.5 text-start text-sm break-words whitespace-pre-wrap hover:bg-hover";

function Row({ field, value, isReadOnly, save }: RowProps) {
  const t = useTranslations("fields");
  const labelId = useId();
  const text = useOwnText()(field, value);
  const explain = useErrorText();
  const [draft, setDraft] = useState<{ value: unknown } | null>(null);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = async (next: unknown): Promise<void> => {
    setError(undefined);
    setBusy(true);
    try {
      await save(field, next);
      setDraft(null);
    } catch (reason) {
      setError(ownErrors(reason)[field.key] ?? explain(reason).description);
    } finally {
      setBusy(false);
    }
  };
  if (draft) {
    return (
      <Editor
        field={field}
        value={draft.value}
        error={error}
        isBusy={isBusy}
        onChange={(next) => setDraft({ value: next })}
        onSave={() => void send(draft.value ?? null)}
        onCancel={() => {
          setDraft(null);
          setError(undefined);
        }}
      />
    );
  }
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start" data-own-field={field.key}>
      <span id={labelId} className="truncate py-1.5 pe-2 text-sm text-muted" title={field.label}>
        {field.label}
      </span>
      {isReadOnly ? (
        <p dir="auto" className="min-h-8 px-2 py-1.5 text-sm break-words whitespace-pre-wrap">
          {text}
        </p>
      ) : field.type === "bool" ? (
        <div className="flex min-h-8 flex-col justify-center px-2">
          <Checkbox
            aria-labelledby={labelId}
            checked={value === true}
            disabled={isBusy}
            onCheckedChange={(checked) => void send(checked)}
          />
          {error ? (
            <p role="alert" className="text-xs text-danger-ink">
              {error}
            </p>
          ) : null}
        </div>
      ) : (
        <button
          type="button"
          aria-label={t(text ? "edit" : "add", { name: field.label, value: text })}
          onClick={() => setDraft({ value })}
          className={cn(valueStyle, !text && "text-faint")}
        >
          <span dir="auto" className="min-w-0 break-words">
            {text || t("empty")}
          </span>
        </button>
      )}
    </div>
  );
}

interface EditorProps {
  field: OwnField;
  value: unknown;
  error: string | undefined;
  isBusy: boolean;
  onChange: (value: unknown) => void;
  onSave: () => void;
  onCancel: () => void;
}

function Editor({ field, value, error, isBusy, onChange, onSave, onCancel }: EditorProps) {
  const t = useTranslations("fields");
  const { tenant } = useSession();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    const isLong = field.type === "long_text";
    const isText = event.target instanceof HTMLInputElement || isLong;
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && isText && (!isLong || event.metaKey || event.ctrlKey)) {
      onSave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend beside the label
    <div role="group" aria-label={field.label} onKeyDown={onKeyDown} className="my-1.5">
      <OwnInput
        field={field}
        value={value}
        error={error}
        currency={tenant.currency}
        autoFocus
        onChange={onChange}
      />
      <div className="mt-1.5 flex justify-end gap-1">
        <IconButton label={t("cancel")} size="icon-sm" onClick={onCancel}>
          <X aria-hidden />
        </IconButton>
        <IconButton
          label={t("save", { name: field.label })}
          size="icon-sm"
          disabled={isBusy}
          onClick={onSave}
        >
          <Check aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
