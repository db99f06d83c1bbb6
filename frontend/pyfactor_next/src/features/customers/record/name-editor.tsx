"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { FieldError } from "@/ui/field";
import { Input } from "@/ui/input";
import { fieldSpec } from "../fields";
import type { Customer, CustomerPatch } from "../types";
import type { RecordEditing } from "./use-record-editing";

interface NameEditorProps {
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
  /** The page's heading is an h1, the panel's an h2. */
  as: "h1" | "h2";
}

type NameField = "business_name" | "first_name" | "last_name";

function namesOf(customer: Customer): NameField[] {
  return customer.kind === "business" ? ["business_name"] : ["first_name", "last_name"];
}

/** The name as a heading; a click edits it: a business's in one field, a person's in two. */
export function NameEditor({ customer, edit, isReadOnly, as: Heading }: NameEditorProps) {
  const t = useTranslations("customers.edit");
  const [isOpen, setOpen] = useState(false);
  if (isOpen && !isReadOnly) {
    return (
      <NameInputs
        customer={customer}
        onSave={(patch) => {
          setOpen(false);
          edit.save(patch);
        }}
        onCancel={() => setOpen(false)}
      />
    );
  }
  // A refused name is shown, and mended, at its field below.
  const style = "min-w-0 text-xl font-semibold tracking-[-0.01em] break-words";
  if (isReadOnly) return <Heading className={style}>{customer.display_name}</Heading>;
  return (
    <Heading className={style}>
      <button
        type="button"
        title={t("rename")}
        onClick={() => setOpen(true)}
        className="-mx-1.5 rounded-md px-1.5 text-start hover:bg-hover"
      >
        {customer.display_name}
      </button>
    </Heading>
  );
}

function NameInputs(props: {
  customer: Customer;
  onSave: (patch: CustomerPatch) => void;
  onCancel: () => void;
}) {
  const t = useTranslations("customers");
  const { customer } = props;
  const box = useRef<HTMLDivElement>(null);
  const names = namesOf(customer);
  const [values, setValues] = useState<Pick<CustomerPatch, NameField>>(() =>
    Object.fromEntries(names.map((name) => [name, customer[name]])),
  );
  useEffect(() => {
    box.current?.querySelector("input")?.select();
  }, []);
  const isEmpty = names.every((name) => !values[name]?.trim());
  const save = (): void => {
    if (!isEmpty) props.onSave(values);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") save();
    else if (event.key === "Escape") props.onCancel();
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears when the focus leaves both inputs */}
      <div
        ref={box}
        className="flex gap-1.5"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) save();
        }}
      >
        {names.map((name) => (
          <Input
            key={name}
            aria-label={t(`fields.${name}`)}
            placeholder={t(`fields.${name}`)}
            aria-invalid={isEmpty ? true : undefined}
            className={cn("font-semibold md:text-base")}
            maxLength={fieldSpec(name).maxLength}
            value={values[name] ?? ""}
            onKeyDown={onKeyDown}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
          />
        ))}
      </div>
      <FieldError message={isEmpty ? t("form.nameMissing") : undefined} />
    </div>
  );
}
