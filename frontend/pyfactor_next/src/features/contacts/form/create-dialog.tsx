"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { FormGroupLater, isOnlyOwn, useOwnValues } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import type { ComboboxOption } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { toast } from "@/ui/toast";
import { useCreateContact } from "../mutations";
import type { Role } from "../types";
import { ContactFields } from "./contact-fields";
import { Duplicates } from "./duplicates";
import { CustomerPicker } from "./pickers";
import { RoleSelect } from "./role-select";
import { emptyForm, namesOf, useContactForm } from "./use-contact-form";

interface CreateDialogProps {
  /** Given: a contact of this customer. */
  customer?: ComboboxOption;
  /** The first contact of a customer is the primary one, unless somebody says otherwise. */
  isFirst?: boolean;
  /** What somebody looked for and did not find. */
  name?: string;
  onClose: () => void;
  /** Closes it, too, and shows what was made. */
  onOpen?: (id: string) => void;
}

/** A new contact, and what it is for a customer. */
export function CreateDialog(props: CreateDialogProps) {
  const { onClose, onOpen } = props;
  const t = useTranslations("contacts");
  const formId = useId();
  const offerUndo = useOfferUndo();
  const create = useCreateContact();
  const own = useOwnValues({});
  const form = useContactForm({ ...emptyForm, ...namesOf(props.name ?? "") });
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const [customer, setCustomer] = useState(props.customer ?? null);
  const [role, setRole] = useState<Role>("other");
  const [isPrimary, setPrimary] = useState(props.isFirst ?? false);
  const submit = async (): Promise<void> => {
    const values = form.checked();
    if (!values) return;
    const place = customer ? { customer: customer.value, role, is_primary: isPrimary } : {};
    let made: Step = [];
    try {
      const contact = await create.mutateAsync({
        values: { ...values, ...place, ...(own.isChanged ? { custom: { ...own.changed } } : {}) },
        idempotencyKey,
        onChange: (step) => (made = step),
      });
      toast.success(t("form.created", { name: contact.display_name }), offerUndo(made));
      if (onOpen) onOpen(contact.id);
      else onClose();
    } catch (error) {
      // Another attempt has another body.
      setIdempotencyKey(crypto.randomUUID());
      own.refuse(error);
      if (!isOnlyOwn(error)) form.refuse(error);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={props.customer ? t("form.newFor", { name: props.customer.label }) : t("form.newTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {t("form.create")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.currentTarget.requestSubmit();
          }
        }}
      >
        <FormAlert>{form.alert}</FormAlert>
        <ContactFields form={form} />
        <Duplicates values={form.values} onUse={onOpen} />
        <FormGroupLater entity="contact" form={own} />
        {props.customer ? null : (
          <Field label={t("form.customer")}>
            <CustomerPicker value={customer} onChange={setCustomer} />
          </Field>
        )}
        {customer ? (
          <>
            <Field label={t("fields.role")}>
              <RoleSelect value={role} onChange={setRole} />
            </Field>
            <Checkbox
              label={t("form.isPrimary")}
              checked={isPrimary}
              onCheckedChange={setPrimary}
            />
          </>
        ) : null}
      </form>
    </Dialog>
  );
}
