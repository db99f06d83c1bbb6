"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, type UseFormReturn, useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi, isApiError } from "@/api";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { filled } from "@/ui/filled";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";
import { type NewProvider, type SingleSignOn, singleSignOnQuery } from "./queries";

const NEWCOMERS = ["invited", "viewer", "member"] as const;

interface Values {
  issuer: string;
  client_id: string;
  client_secret: string;
  newcomers: (typeof NEWCOMERS)[number];
  is_enabled: boolean;
  is_required: boolean;
}

interface ProviderDialogProps {
  settings: SingleSignOn;
  onClose: () => void;
}

/** Names the provider. It is asked at once for what it says of itself, so a wrong one is told here. */
export function ProviderDialog({ settings, onClose }: ProviderDialogProps) {
  const t = useTranslations("settings.singleSignOn");
  const { slug } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [alert, setAlert] = useState<string>();
  const { provider } = settings;
  const form = useForm<Values>({
    defaultValues: {
      issuer: provider?.issuer ?? "",
      client_id: provider?.client_id ?? "",
      client_secret: "",
      newcomers: provider?.newcomers || "invited",
      is_enabled: provider?.is_enabled ?? true,
      is_required: settings.is_required,
    },
  });
  const { isSubmitting } = useFormState({ control: form.control });
  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    try {
      const answer = await djangoApi.put("/api/tenants/current/single-sign-on/", asBody(values));
      queries.setQueryData(singleSignOnQuery(slug).queryKey, answer);
      toast.success(t("saved"));
      onClose();
    } catch (error) {
      if (isApiError(error) && error.code === "reauthentication_required") return;
      setAlert(applyApiError(form, error, ["issuer", "client_id", "client_secret"]));
    }
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("dialogTitle")}
      description={t("dialogDescription")}
      width="sm:max-w-lg"
      footer={
        <Button type="submit" form={id} variant="primary" busy={isSubmitting}>
          {t("save")}
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
        <Credentials form={form} hasSecret={provider !== null} />
        <Rules form={form} hasBeenUsed={settings.has_been_used} />
      </form>
    </Dialog>
  );
}

/** What is sent: an empty secret leaves the one of before. */
function asBody({ client_secret, newcomers, ...rest }: Values): NewProvider {
  return {
    ...rest,
    newcomers: newcomers === "invited" ? "" : newcomers,
    ...(client_secret ? { client_secret } : {}),
  };
}

function Credentials({ form, hasSecret }: { form: UseFormReturn<Values>; hasSecret: boolean }) {
  const t = useTranslations("settings.singleSignOn");
  // The form is the same object whatever becomes of it, so it alone would draw no error.
  const { errors } = useFormState({ control: form.control });
  return (
    <>
      <Field label={t("issuer")} hint={t("issuerHint")} error={errors.issuer?.message}>
        <Input
          dir="ltr"
          type="url"
          inputMode="url"
          autoComplete="off"
          maxLength={255}
          placeholder={t("issuerExample")}
          {...form.register("issuer", filled(t("missing")))}
        />
      </Field>
      <Field label={t("clientId")} error={errors.client_id?.message}>
        <Input
          dir="ltr"
          autoComplete="off"
          maxLength={255}
          {...form.register("client_id", filled(t("missing")))}
        />
      </Field>
      <Field
        label={t("clientSecret")}
        hint={hasSecret ? t("clientSecretKept") : undefined}
        error={errors.client_secret?.message}
      >
        <Input
          dir="ltr"
          type="password"
          autoComplete="off"
          maxLength={512}
          {...form.register("client_secret", hasSecret ? {} : filled(t("missing")))}
        />
      </Field>
    </>
  );
}

function Rules({ form, hasBeenUsed }: { form: UseFormReturn<Values>; hasBeenUsed: boolean }) {
  const t = useTranslations("settings.singleSignOn");
  return (
    <>
      <Controller
        control={form.control}
        name="newcomers"
        render={({ field }) => (
          <Field label={t("whoJoins")} hint={t("whoJoinsHint")}>
            <Select<Values["newcomers"]>
              value={field.value}
              onValueChange={field.onChange}
              options={NEWCOMERS.map((value) => ({ value, label: t(`newcomers.${value}`) }))}
            />
          </Field>
        )}
      />
      <Controller
        control={form.control}
        name="is_enabled"
        render={({ field }) => (
          <Checkbox
            label={t("enabled")}
            checked={field.value}
            onCheckedChange={(checked) => field.onChange(checked)}
          />
        )}
      />
      <Controller
        control={form.control}
        name="is_required"
        render={({ field }) => (
          <Checkbox
            label={t("required")}
            hint={hasBeenUsed ? t("requiredHint") : t("requiredLater")}
            disabled={!hasBeenUsed && !field.value}
            checked={field.value}
            onCheckedChange={(checked) => field.onChange(checked)}
          />
        )}
      />
    </>
  );
}
