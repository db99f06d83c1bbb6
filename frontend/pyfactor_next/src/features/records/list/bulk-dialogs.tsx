"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { OwnInputLater } from "@/features/fields";
import { membersQuery, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import type { BulkFieldDef, BulkValues } from "./bulk";

/** Kinds whose nothing is null; that of the others is empty text. */
const NULLABLE: ReadonlySet<BulkFieldDef["kind"]> = new Set(["member", "date", "percent"]);

interface EditDialogProps {
  count: number;
  useFields: () => readonly BulkFieldDef[];
  onClose: () => void;
  onApply: (values: BulkValues) => void;
}

/** One field, one value, many records. */
export function EditDialog({ count, useFields, onClose, onApply }: EditDialogProps) {
  const t = useTranslations("records.bulk");
  const { tenant } = useSession();
  const formId = useId();
  const fields = useFields();
  const [name, setName] = useState(fields[0]?.name ?? "");
  const [text, setText] = useState("");
  const [ownValue, setOwnValue] = useState<unknown>(null);
  const field = fields.find((each) => each.name === name);
  if (!field) return null;
  const isMissing = text === "" && (field.kind === "choice" || field.kind === "bool");
  const { own } = field;
  const values = (): BulkValues => {
    if (own) return { custom: { [own.key]: ownValue ?? (own.type === "bool" ? false : null) } };
    if (field.kind === "bool") return { [name]: text === "true" };
    if (text === "" && NULLABLE.has(field.kind)) return { [name]: null };
    return { [name]: field.kind === "percent" ? Number(text) : text.trim() };
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("editTitle", { count })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={isMissing}>
            {t("apply", { count })}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onApply(values());
        }}
      >
        <Field label={t("field")}>
          <Select
            value={name}
            onValueChange={(next) => {
              setName(next);
              setText("");
              setOwnValue(null);
            }}
            options={fields.map((each) => ({ value: each.name, label: each.label }))}
          />
        </Field>
        {own ? (
          <OwnInputLater
            key={name}
            field={own}
            value={ownValue}
            onChange={setOwnValue}
            currency={tenant.currency}
          />
        ) : (
          <Field
            label={t("value")}
            hint={field.kind === "choice" || field.kind === "bool" ? undefined : t("valueEmpty")}
          >
            <BulkValue key={name} field={field} value={text} onChange={setText} />
          </Field>
        )}
      </form>
    </Dialog>
  );
}

function BulkValue(props: {
  field: BulkFieldDef;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useTranslations("records.filter");
  const { field, value, onChange } = props;
  switch (field.kind) {
    case "text":
      return (
        <Input value={value} maxLength={255} onChange={(event) => onChange(event.target.value)} />
      );
    case "date":
      return <Input type="date" value={value} onChange={(event) => onChange(event.target.value)} />;
    case "percent":
      return (
        <Input
          type="number"
          min={0}
          max={100}
          step={1}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "member":
      return <MemberCombobox value={value} onChange={onChange} />;
    case "list":
      return (
        <Combobox
          clearable
          options={field.options ?? []}
          value={value || null}
          onValueChange={(next) => onChange(next ?? "")}
        />
      );
    default: {
      const options = field.options ?? [
        { value: "true", label: t("yes") },
        { value: "false", label: t("no") },
      ];
      return (
        <Select
          value={value || null}
          placeholder={t("choose")}
          onValueChange={onChange}
          options={options}
        />
      );
    }
  }
}

function MemberCombobox(props: { value: string; onChange: (value: string) => void }) {
  const { slug } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const options = members
    .filter((member) => member.status === "active")
    .map((member) => ({ value: member.id, label: member.display_name }));
  return (
    <Combobox
      clearable
      options={options}
      value={props.value || null}
      onValueChange={(next) => props.onChange(next ?? "")}
    />
  );
}

interface AssignDialogProps {
  count: number;
  onClose: () => void;
  /** Null: nobody. */
  onApply: (to: string | null) => void;
}

export function AssignDialog({ count, onClose, onApply }: AssignDialogProps) {
  const t = useTranslations("records.bulk");
  const formId = useId();
  const { membershipId } = useSession();
  const [to, setTo] = useState(membershipId);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("assignTitle", { count })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t("assignApply", { count })}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          onApply(to || null);
        }}
      >
        <Field label={t("to")} hint={t("nobodyHint")}>
          <MemberCombobox value={to} onChange={setTo} />
        </Field>
      </form>
    </Dialog>
  );
}

interface ConfirmManyProps {
  count: number;
  onClose: () => void;
  onConfirm: () => void;
}

/** So many go to the trash only after somebody has typed how many. */
export function ConfirmMany({ count, onClose, onConfirm }: ConfirmManyProps) {
  const t = useTranslations("records.bulk");
  const [typed, setTyped] = useState("");
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("confirmTitle", { count })}
      description={t("confirmDescription")}
      confirmLabel={t("confirm", { count })}
      danger
      confirmDisabled={typed.trim() !== String(count)}
      onConfirm={onConfirm}
    >
      <Field label={t("confirmField", { count })}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </AlertDialog>
  );
}
