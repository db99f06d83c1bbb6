"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { isApiError, type Step } from "@/api";
import { FormGroupLater, isOnlyOwn, useOwnValues } from "@/features/fields";
import { useOfferUndo } from "@/features/history";
import { membersQuery, useSession } from "@/features/session";
import { currencyOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";
import { StageDot } from "../bits";
import { type DealCreation, useCreateDeal } from "../mutations";
import { pipelinesQuery, stagesQuery } from "../queries";
import type { Stage } from "../types";
import { CustomerPicker } from "./customer-picker";

interface CreateDialogProps {
  /** What somebody looked for and did not find. */
  name?: string;
  /** Null: the first open stage of the pipeline. */
  stageId: string | null;
  /** Null: the default one. */
  pipelineId: string | null;
  /** A deal of this customer. */
  customer?: ComboboxOption;
  contactId?: string;
  onClose: () => void;
  onOpen: (id: string) => void;
}

interface Values {
  name: string;
  customer: ComboboxOption | null;
  amount: string;
  currency: string;
  stage: string;
  expected_close_on: string;
  owner: string;
}

type Errors = Partial<Record<keyof Values, string>>;

export function CreateDialog(props: CreateDialogProps) {
  const { onClose, onOpen } = props;
  const t = useTranslations("deals");
  const { slug, tenant, membershipId } = useSession();
  const { data: pipelines } = useQuery(pipelinesQuery(slug));
  const { data: stages } = useQuery(stagesQuery(slug));
  const { data: members = [] } = useQuery(membersQuery(slug));
  const offerUndo = useOfferUndo();
  const create = useCreateDeal();
  const formId = useId();
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const [errors, setErrors] = useState<Errors>({});
  const [alert, setAlert] = useState<string>();
  const locale = useLocale();
  const [currencies] = useState(() => currencyOptions(locale));
  const own = useOwnValues({});
  const fresh: Values = {
    name: "",
    customer: props.customer ?? null,
    amount: "",
    currency: tenant.currency,
    stage: props.stageId ?? "",
    expected_close_on: "",
    owner: membershipId,
  };
  const [values, setValues] = useState({ ...fresh, name: props.name ?? "" });
  const set = <K extends keyof Values>(name: K, value: Values[K]): void => {
    setValues((now) => ({ ...now, [name]: value }));
    setErrors(({ [name]: _mended, ...rest }) => rest);
  };
  const offered = stagesOffered(stages ?? [], props.stageId, props.pipelineId, pipelines);
  const stage = values.stage || offered[0]?.id || "";

  const send = async (isAnother: boolean): Promise<void> => {
    const missing: Errors = {
      ...(values.name.trim() ? {} : { name: t("form.nameRequired") }),
      ...(values.customer ? {} : { customer: t("form.customerRequired") }),
    };
    setErrors(missing);
    setAlert(undefined);
    if (!values.customer || Object.keys(missing).length > 0) return;
    const body: DealCreation = {
      name: values.name.trim(),
      customer: values.customer.value,
      ...(props.contactId ? { contact: props.contactId } : {}),
      ...(values.amount.trim()
        ? { amount: values.amount.trim().replace(",", "."), currency: values.currency }
        : {}),
      ...(stage ? { stage } : {}),
      ...(values.expected_close_on ? { expected_close_on: values.expected_close_on } : {}),
      owner: values.owner || null,
      ...(own.isChanged ? { custom: { ...own.changed } } : {}),
    };
    let made: Step = [];
    try {
      const onChange = (step: Step) => (made = step);
      const deal = await create.mutateAsync({ values: body, idempotencyKey, onChange });
      toast.success(t("form.created", { name: deal.name }), offerUndo(made));
      setIdempotencyKey(crypto.randomUUID());
      if (isAnother) {
        own.reset();
        setValues({ ...fresh, customer: values.customer, stage: values.stage });
        return;
      }
      onClose();
      onOpen(deal.id);
    } catch (error) {
      // Another attempt has another body.
      setIdempotencyKey(crypto.randomUUID());
      own.refuse(error);
      if (isOnlyOwn(error)) return;
      const told = isApiError(error) ? error.fieldErrors : [];
      const known = told.filter(({ field }) => field in values);
      setErrors(Object.fromEntries(known.map(({ field, message }) => [field, message])));
      if (known.length === 0) setAlert(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("form.title")}
      footer={
        <>
          <Button
            className="max-sm:w-full"
            disabled={create.isPending}
            onClick={() => void send(true)}
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
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void send(false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send(false);
        }}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <Field label={t("fields.name")} required error={errors.name}>
          <Input
            autoFocus
            maxLength={255}
            autoComplete="off"
            value={values.name}
            onChange={(event) => set("name", event.target.value)}
          />
        </Field>
        <Field label={t("fields.customer")} required error={errors.customer}>
          <CustomerPicker
            value={values.customer}
            onChange={(customer) => set("customer", customer)}
            disabled={props.customer !== undefined}
            placeholder={t("form.findCustomer")}
          />
        </Field>
        <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
          <Field label={t("fields.amount")} error={errors.amount}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              value={values.amount}
              onChange={(event) => set("amount", event.target.value)}
            />
          </Field>
          <Field label={t("fields.currency")} error={errors.currency}>
            <Combobox
              options={currencies}
              value={values.currency || null}
              onValueChange={(currency) => set("currency", currency ?? "")}
            />
          </Field>
          <Field label={t("fields.stage")} error={errors.stage}>
            <Select
              options={offered.map(({ id, name, colour }) => ({
                value: id,
                label: name,
                icon: <StageDot colour={colour} />,
              }))}
              value={stage || null}
              onValueChange={(id) => set("stage", id)}
            />
          </Field>
          <Field label={t("fields.expectedCloseOn")} error={errors.expected_close_on}>
            <Input
              type="date"
              value={values.expected_close_on}
              onChange={(event) => set("expected_close_on", event.target.value)}
            />
          </Field>
        </div>
        <Field label={t("fields.owner")} error={errors.owner}>
          <Combobox
            clearable
            options={members
              .filter((member) => member.status === "active")
              .map(({ id, display_name: label }) => ({ value: id, label }))}
            value={values.owner || null}
            onValueChange={(owner) => set("owner", owner ?? "")}
          />
        </Field>
        <FormGroupLater entity="deal" form={own} />
      </form>
    </Dialog>
  );
}

/** The open stages of the pipeline in question. */
function stagesOffered(
  stages: readonly Stage[],
  stageId: string | null,
  pipelineId: string | null,
  pipelines: readonly { id: string; is_default: boolean }[] | undefined,
): Stage[] {
  const pipeline =
    stages.find(({ id }) => id === stageId)?.pipeline ??
    pipelineId ??
    pipelines?.find((each) => each.is_default)?.id;
  return stages.filter(
    (each) => each.pipeline === pipeline && each.category === "open" && !each.is_archived,
  );
}
