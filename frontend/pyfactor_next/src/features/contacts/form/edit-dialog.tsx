"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { FormGroupLater, isOnlyOwn, useOwnValues } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormAlert } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { useEditContact } from "../mutations";
import { contactQuery } from "../queries";
import type { Contact, ContactPatch } from "../types";
import { ContactFields } from "./contact-fields";
import { Duplicates } from "./duplicates";
import { FORM_FIELDS, formOf, useContactForm } from "./use-contact-form";

/** A contact's form, where its page is not open. */
export function EditDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("contacts.record");
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(contactQuery(slug, id));
  if (data) return <Loaded contact={data} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title")}
    >
      {error ? (
        <ApiErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton aria-busy className="h-48" />
      )}
    </Dialog>
  );
}

function Loaded(props: { contact: Contact; onClose: () => void }) {
  const { onClose } = props;
  const t = useTranslations("contacts.form");
  // As it was when the form was opened: what somebody else changes meanwhile is a conflict.
  const [contact] = useState(props.contact);
  const formId = useId();
  const offerUndo = useOfferUndo();
  const edit = useEditContact(contact.id);
  const form = useContactForm(formOf(contact));
  const own = useOwnValues(contact.custom);
  const submit = async (): Promise<void> => {
    const values = form.checked();
    if (!values) return;
    const changed = FORM_FIELDS.filter((name) => values[name] !== (contact[name] ?? ""));
    const patch: ContactPatch = {
      ...Object.fromEntries(changed.map((name) => [name, values[name]])),
      ...(own.isChanged ? { custom: { ...own.changed } } : {}),
    };
    if (changed.length === 0 && !own.isChanged) {
      onClose();
      return;
    }
    let made: Step = [];
    try {
      const saved = await edit.mutateAsync({
        patch,
        version: contact.version,
        onChange: (step) => (made = step),
      });
      toast.success(t("saved", { name: saved.display_name }), offerUndo(made));
      onClose();
    } catch (error) {
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
      title={t("editTitle", { name: contact.display_name })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={edit.isPending}>
            {t("save")}
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
          if (!edit.isPending) void submit();
        }}
      >
        <FormAlert>{form.alert}</FormAlert>
        <ContactFields form={form} />
        <Duplicates values={form.values} id={contact.id} />
        <FormGroupLater entity="contact" form={own} />
      </form>
    </Dialog>
  );
}
