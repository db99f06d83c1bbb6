"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, type Step } from "@/api";
import { FormGroupLater, isOnlyOwn, useOwnValues } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { toast } from "@/ui/toast";
import { FIELD_NAMES } from "../fields";
import { useEditCustomer } from "../mutations";
import { customerKeys } from "../queries";
import { type Choice, type Conflict, compare, EditConflict, settle } from "../record/conflict";
import { ConflictNotice } from "../record/conflict-notice";
import type { Customer, CustomerField, CustomerPatch, CustomerValues } from "../types";
import { changes, fieldsOf, pick } from "../values";
import { AllFields } from "./all-fields";
import { DialogForm } from "./dialog-form";
import { Duplicates } from "./duplicates";
import { prepare } from "./prepare";
import { useCustomerSchema } from "./schema";

interface EditDialogProps {
  customer: Customer;
  onClose: () => void;
}

/** All fields of a customer in one form; sends only what was changed. */
export function EditDialog({ customer, onClose }: EditDialogProps) {
  const t = useTranslations("customers");
  const { slug } = useSession();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  const formId = useId();
  const edit = useEditCustomer(customer.id);
  // The record as the form began with it, whatever is loaded behind the form meanwhile.
  const [base, setBase] = useState(customer);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [alert, setAlert] = useState<string>();
  const own = useOwnValues(customer.custom);
  const form = useForm<CustomerValues>({
    resolver: zodResolver(useCustomerSchema()),
    defaultValues: pick(customer, FIELD_NAMES) as CustomerValues,
  });

  const send = async (from: Customer, patch: CustomerPatch): Promise<void> => {
    const fields = fieldsOf(patch);
    setAlert(undefined);
    if (fields.length === 0 && !own.isChanged) return onClose();
    try {
      const now = client.getQueryData<Customer>(customerKeys.record(slug, from.id)) ?? from;
      if (fields.some((field) => now[field] !== from[field])) throw new EditConflict(now);
      let made: Step = [];
      await edit.mutateAsync({
        base: from,
        patch,
        ...(own.isChanged ? { custom: own.changed } : {}),
        onChange: (step) => (made = step),
      });
      toast.success(t("edit.savedMany"), offerUndo(made));
      onClose();
    } catch (error) {
      if (error instanceof EditConflict) setConflict(compare(from, error.theirs, patch));
      else {
        own.refuse(error);
        const rest = applyApiError(form, error, FIELD_NAMES);
        setAlert(isOnlyOwn(error) ? undefined : rest);
      }
    }
  };
  const onSettle = (choices: Partial<Record<CustomerField, Choice>>): void => {
    if (!conflict) return;
    const { theirs } = conflict;
    const patch = settle(conflict, choices);
    for (const field of FIELD_NAMES) {
      if (!(field in patch)) form.setValue(field, theirs[field]);
    }
    setBase(theirs);
    setConflict(null);
    void send(theirs, patch);
  };
  const submit = form.handleSubmit((values) => send(base, changes(base, prepare(values))));

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("form.editTitle", { name: base.display_name })}
      width="sm:max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={edit.isPending}
            disabled={conflict !== null}
          >
            {t("form.save")}
          </Button>
        </>
      }
    >
      <DialogForm id={formId} alert={alert} onSubmit={submit}>
        {conflict ? <ConflictNotice conflict={conflict} onSettle={onSettle} /> : null}
        <Duplicates control={form.control} id={base.id} />
        <AllFields
          control={form.control}
          first={base.kind === "business" ? "business_name" : "first_name"}
        />
        <FormGroupLater entity="customer" form={own} />
      </DialogForm>
    </Dialog>
  );
}
