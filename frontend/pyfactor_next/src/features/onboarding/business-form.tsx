"use client";

import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { Controller, useForm, useFormState } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { applyApiError } from "@/api";
import {
  countryOfLanguage,
  countryOptions,
  currencyOfCountry,
  currencyOptions,
} from "@/i18n/regions";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Field, FormAlert } from "@/ui/field";
import { filled } from "@/ui/filled";
import { Input } from "@/ui/input";

export interface BusinessValues {
  name: string;
  country: string;
  currency: string;
}

interface BusinessFormProps {
  submitLabel: string;
  /** Rejects with what the API said; its field errors come to their fields. */
  onSubmit: (values: BusinessValues) => Promise<void>;
}

const FIELDS = ["name", "country", "currency"] as const;

/** Name, country and currency: what a business needs to exist. */
export function BusinessForm({ submitLabel, onSubmit }: BusinessFormProps) {
  const t = useTranslations("onboarding");
  const [alert, setAlert] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const locale = useLocale();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const form = useForm<BusinessValues>({
    defaultValues: { name: "", country: "", currency: "" },
  });

  // Read here and not when a country is chosen: what nobody reads while drawing is not kept up to date.
  const { errors, isSubmitted, dirtyFields } = useFormState({ control: form.control });
  const chooseCountry = (country: string): void => {
    form.setValue("country", country, { shouldValidate: isSubmitted });
    const currency = currencyOfCountry(country);
    if (currency && !dirtyFields.currency) form.setValue("currency", currency);
  };
  // Once, after the first paint: the server does not know the browser's language.
  const suggest = useEffectEvent(() => {
    const country = countryOfLanguage(navigator.language);
    if (country && !form.getValues("country")) chooseCountry(country);
  });
  useEffect(() => suggest(), []);

  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    setBusy(true);
    try {
      await onSubmit(values);
    } catch (error) {
      setAlert(applyApiError(form, error, FIELDS));
      setBusy(false);
    }
  });
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-4"
    >
      <FormAlert>{alert}</FormAlert>
      <Field label={t("name")} error={errors.name?.message}>
        <Input
          autoComplete="organization"
          placeholder={t("namePlaceholder")}
          maxLength={120}
          {...form.register("name", filled(t("missing.name")))}
        />
      </Field>
      <Field label={t("country")} hint={t("countryHint")} error={errors.country?.message}>
        <Controller
          control={form.control}
          name="country"
          rules={{ required: t("missing.country") }}
          render={({ field }) => (
            <Combobox
              options={countries}
              value={field.value || null}
              onValueChange={(value) => chooseCountry(value ?? "")}
              onBlur={field.onBlur}
            />
          )}
        />
      </Field>
      <Field label={t("currency")} error={errors.currency?.message}>
        <Controller
          control={form.control}
          name="currency"
          rules={{ required: t("missing.currency") }}
          render={({ field }) => (
            <Combobox
              options={currencies}
              value={field.value || null}
              onValueChange={(value) => field.onChange(value ?? "")}
              onBlur={field.onBlur}
            />
          )}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={isBusy} className="mt-1 w-full">
        {submitLabel}
      </Button>
    </form>
  );
}
