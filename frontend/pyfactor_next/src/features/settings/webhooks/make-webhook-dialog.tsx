"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Segmented } from "@/ui/segmented";
import { EventPicker } from "./event-picker";
import { EVERYTHING } from "./events";
import { type Webhook, webhooksQuery } from "./queries";
import { SecretDialog } from "./secret-dialog";

interface Values {
  url: string;
  description: string;
}

type Body = Values & { events: string[] };

/** Asks where messages go and about what, and then shows the secret, this once. */
export function MakeWebhookDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings.webhooks");
  const [secret, setSecret] = useState<string>();
  if (secret !== undefined) {
    return <SecretDialog title={t("madeTitle")} secret={secret} onClose={onClose} />;
  }
  return (
    <WebhookForm
      title={t("makeTitle")}
      submitLabel={t("create")}
      save={async (body) => {
        const made = await djangoApi.post("/api/webhooks/endpoints/", body);
        setSecret(made.secret);
      }}
      onClose={onClose}
    />
  );
}

export function EditWebhookDialog({ item, onClose }: { item: Webhook; onClose: () => void }) {
  const t = useTranslations("settings.webhooks");
  return (
    <WebhookForm
      title={t("editTitle")}
      submitLabel={t("save")}
      item={item}
      save={async (body) => {
        const where = { path: { id: item.id }, version: item.version };
        await djangoApi.patch("/api/webhooks/endpoints/{id}/", body, where);
        onClose();
      }}
      onClose={onClose}
    />
  );
}

interface WebhookFormProps {
  title: string;
  submitLabel: string;
  item?: Webhook;
  /** Rejects with what was refused. */
  save: (body: Body) => Promise<void>;
  onClose: () => void;
}

function WebhookForm({ title, submitLabel, item, save, onClose }: WebhookFormProps) {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const hearsAll = item?.events.includes(EVERYTHING) ?? true;
  const [alert, setAlert] = useState<string>();
  const [extent, setExtent] = useState<"all" | "choose">(hearsAll ? "all" : "choose");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(hearsAll ? [] : item?.events));
  const form = useForm<Values>({
    defaultValues: { url: item?.url ?? "https://", description: item?.description ?? "" },
  });
  const submit = form.handleSubmit(async (values) => {
    const events = extent === "all" ? [EVERYTHING] : [...chosen];
    setAlert(events.length === 0 ? t("missingEvent") : undefined);
    if (events.length === 0) return;
    try {
      await save({ ...values, events });
      await queries.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey });
    } catch (error) {
      setAlert(applyApiError(form, error, ["url", "description"]));
    }
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={t("formDescription")}
      width="sm:max-w-xl"
      footer={
        <Button type="submit" form={id} variant="primary" busy={isSubmitting}>
          {submitLabel}
        </Button>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <Field label={t("url")} hint={t("urlHint")} error={errors.url?.message}>
          <Input dir="ltr" type="url" autoComplete="off" autoFocus {...form.register("url")} />
        </Field>
        <Field label={t("name")} hint={t("nameHint")} error={errors.description?.message}>
          <Input autoComplete="off" maxLength={200} {...form.register("description")} />
        </Field>
        <Segmented<"all" | "choose">
          label={t("events")}
          value={extent}
          onValueChange={(next) => {
            setExtent(next);
            setAlert(undefined);
          }}
          hint={t(`extentHints.${extent}`)}
          options={(["all", "choose"] as const).map((value) => ({
            value,
            label: t(`extents.${value}`),
          }))}
        />
        {extent === "choose" ? (
          <EventPicker
            chosen={chosen}
            onChange={(next) => {
              setChosen(next);
              setAlert(undefined);
            }}
          />
        ) : null}
      </form>
    </Dialog>
  );
}
