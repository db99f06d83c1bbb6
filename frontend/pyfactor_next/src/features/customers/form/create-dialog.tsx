"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { ChevronDown } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, type Step } from "@/api";
import { FormGroupLater, isOnlyOwn, useOwnValues } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { toast } from "@/ui/toast";
import { FIELD_NAMES } from "../fields";
import { useCreateCustomer } from "../mutations";
import type { CustomerField, CustomerValues } from "../types";
import { emptyValues, filledIn } from "../values";
import { AllFields } from "./all-fields";
import { DialogForm } from "./dialog-form";
import { draftStore } from "./draft";
import { Duplicates } from "./duplicates";
import { FormField } from "./form-field";
import { prepare } from "./prepare";
import { useCustomerSchema } from "./schema";

interface CreateDialogProps {
  /** What somebody searched for and did not find. */
  name: string;
  onClose: () => void;
  /** Shows the customer that was created, or chosen instead. */
  onOpen: (id: string) => void;
}

const ESSENTIAL: Record<CustomerValues["kind"], readonly CustomerField[]> = {
  business: ["business_name", "email", "phone", "billing_country", "stage"],
  person: ["first_name", "last_name", "email", "phone", "billing_country", "stage"],
};

/** A new customer: the essential fields, the rest on demand. What is typed survives a reload. */
export function CreateDialog({ name, onClose, onOpen }: CreateDialogProps) {
  const t = useTranslations("customers");
  const { user, slug, tenant } = useSession();
  const offerUndo = useOfferUndo();
  const formId = useId();
  const drafts = draftStore(user.id, slug);
  const fresh: CustomerValues = { ...emptyValues, billing_country: tenant.country };
  const [stored] = useState(() => (name ? null : drafts.read()));
  const [isRestored, setRestored] = useState(stored !== null);
  const [isWhole, setWhole] = useState(false);
  const [alert, setAlert] = useState<string>();
  // One per form: however often it is sent, one customer comes of it.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const create = useCreateCustomer();
  const own = useOwnValues({});
  const form = useForm<CustomerValues>({
    resolver: zodResolver(useCustomerSchema()),
    defaultValues: stored ?? { ...fresh, business_name: name },
  });
  const { subscribe, control } = form;
  useEffect(
    () =>
      subscribe({
        formState: { values: true, isDirty: true },
        callback: ({ values, isDirty }) => {
          if (isDirty) draftStore(user.id, slug).write(values);
        },
      }),
    [subscribe, user.id, slug],
  );
  const kind = useWatch({ control, name: "kind" });
  const essential = ESSENTIAL[kind];

  const startOver = (values: CustomerValues): void => {
    drafts.clear();
    own.reset();
    form.reset(values);
    setIdempotencyKey(crypto.randomUUID());
    setRestored(false);
    setAlert(undefined);
    requestAnimationFrame(() => form.setFocus(ESSENTIAL[values.kind][0] ?? "business_name"));
  };
  const send = async (values: CustomerValues, isAnother: boolean): Promise<void> => {
    setAlert(undefined);
    let made: Step = [];
    try {
      const created = await create.mutateAsync({
        values: {
          ...filledIn(prepare(values)),
          ...(own.isChanged ? { custom: { ...own.changed } } : {}),
        },
        idempotencyKey,
        onChange: (step) => (made = step),
      });
      toast.success(t("form.created", { name: created.display_name }), offerUndo(made));
      if (isAnother) {
        const { stage, billing_country } = values;
        startOver({ ...emptyValues, kind: values.kind, stage, billing_country });
        return;
      }
      drafts.clear();
      onClose();
      onOpen(created.id);
    } catch (error) {
      const rest = applyApiError(form, error, FIELD_NAMES);
      own.refuse(error);
      setAlert(isOnlyOwn(error) ? undefined : rest);
      // An error must not hide among the fields that are folded away.
      if (Object.keys(form.formState.errors).some((field) => !isEssential(field))) setWhole(true);
    }
  };
  const isEssential = (field: string): boolean => (essential as readonly string[]).includes(field);
  const submit = form.handleSubmit(
    (values) => send(values, false),
    (errors) => {
      if (Object.keys(errors).some((field) => !isEssential(field))) setWhole(true);
    },
  );
  const submitAnother = form.handleSubmit((values) => send(values, true));

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("form.createTitle")}
      width={isWhole ? "sm:max-w-2xl" : "sm:max-w-lg"}
      footer={
        <>
          <Button
            className="max-sm:w-full"
            disabled={create.isPending}
            onClick={() => void submitAnother()}
          >
            {t("form.createAnother")}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            className="max-sm:w-full"
            busy={create.isPending}
          >
            {t("form.create")}
          </Button>
        </>
      }
    >
      <DialogForm id={formId} alert={alert} onSubmit={submit}>
        {isRestored ? (
          <p className="flex items-center justify-between gap-2 text-sm text-muted">
            {t("form.restored")}
            <Button size="sm" variant="ghost" onClick={() => startOver(fresh)}>
              {t("form.startOver")}
            </Button>
          </p>
        ) : null}
        <FormField control={control} name="kind" />
        {kind === "business" ? (
          <FormField control={control} name="business_name" required autoFocus />
        ) : (
          <div className="grid gap-3.5 sm:grid-cols-2">
            <FormField control={control} name="first_name" required autoFocus />
            <FormField control={control} name="last_name" />
          </div>
        )}
        <FormField control={control} name="email" />
        <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
          <FormField control={control} name="phone" />
          <FormField control={control} name="billing_country" />
        </div>
        <Duplicates
          control={control}
          onUse={(id) => {
            drafts.clear();
            onClose();
            onOpen(id);
          }}
        />
        <FormField control={control} name="stage" />
        <FormGroupLater entity="customer" form={own} isShort={!isWhole} />
        <Button
          variant="ghost"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="self-start"
        >
          {isWhole ? t("form.fewerFields") : t("form.moreFields")}
          <ChevronDown aria-hidden className={isWhole ? "rotate-180" : ""} />
        </Button>
        {isWhole ? (
          <div className="flex flex-col gap-5">
            <AllFields control={control} without={["kind", ...essential]} />
          </div>
        ) : null}
      </DialogForm>
    </Dialog>
  );
}
