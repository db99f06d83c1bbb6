"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { applyApiError, djangoApi, isApiError } from "@/api";
import { meQuery, useSession } from "@/features/session";
import { countryOptions, currencyOptions, timezoneOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import type { ComboboxOption } from "@/ui/combobox";
import { Field, FormAlert } from "@/ui/field";
import { filled } from "@/ui/filled";
import { Input } from "@/ui/input";
import { LaterCombobox } from "@/ui/later-combobox";
import { Segmented } from "@/ui/segmented";
import { toast } from "@/ui/toast";
import { SettingsSection } from "./settings-section";

// Most businesses have none.
const DemoData = dynamic(() => import("./demo-data").then((card) => card.DemoData), { ssr: false });

const FIELDS = ["name", "slug", "country", "currency", "timezone"] as const;

export function BusinessPage() {
  const t = useTranslations("settings");
  const { tenant, slug, canAdminister } = useSession();
  const locale = useLocale();
  const queries = useQueryClient();
  const [alert, setAlert] = useState<string>();
  const options = useMemo(
    () => ({
      countries: countryOptions(locale),
      currencies: currencyOptions(locale),
      zones: timezoneOptions(),
    }),
    [locale],
  );
  const form = useForm({
    values: {
      name: tenant.name,
      slug: tenant.slug,
      country: tenant.country,
      currency: tenant.currency,
      timezone: tenant.timezone,
      week_start: String(tenant.week_start),
    },
  });
  const submit = form.handleSubmit(async ({ week_start, ...values }) => {
    setAlert(undefined);
    try {
      const changes = { ...values, week_start: Number(week_start) };
      const changed = await djangoApi.patch("/api/tenants/current/", changes, {
        version: tenant.version,
      });
      // Everything on the page is under the old address, so the new one is loaded whole.
      if (changed.slug !== slug) window.location.assign(`/${changed.slug}/settings/business`);
      queries.setQueryData(meQuery.queryKey, (me) => me && { ...me, tenant: changed });
      toast.success(t("saved"));
    } catch (error) {
      if (isApiError(error) && error.status === 412) {
        await queries.invalidateQueries({ queryKey: meQuery.queryKey });
        setAlert(t("business.stale"));
      } else setAlert(applyApiError(form, error, FIELDS));
    }
  });
  const { errors, isSubmitting, isDirty } = form.formState;

  const choice = (name: "country" | "currency" | "timezone", list: readonly ComboboxOption[]) => (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <LaterCombobox
          options={list}
          disabled={!canAdminister}
          value={field.value || null}
          onValueChange={(value) => field.onChange(value ?? "")}
          onBlur={field.onBlur}
        />
      )}
    />
  );
  return (
    <SettingsSection title={t("business.title")} description={t("business.description")}>
      <form method="post" noValidate onSubmit={(event) => void submit(event)}>
        <Card
          footer={
            canAdminister ? (
              <Button type="submit" variant="primary" busy={isSubmitting} disabled={!isDirty}>
                {t("save")}
              </Button>
            ) : (
              <p className="me-auto text-sm text-muted">{t("readOnly")}</p>
            )
          }
        >
          <div className="flex max-w-md flex-col gap-4">
            <FormAlert>{alert}</FormAlert>
            <Field label={t("business.name")} error={errors.name?.message}>
              <Input
                autoComplete="organization"
                maxLength={120}
                readOnly={!canAdminister}
                // For the server's HTML, which form.values do not reach.
                defaultValue={tenant.name}
                {...form.register("name", filled(t("business.missingName")))}
              />
            </Field>
            <Field
              label={t("business.slug")}
              hint={t("business.slugHint")}
              error={errors.slug?.message}
            >
              <Input
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                readOnly={!canAdminister}
                defaultValue={tenant.slug}
                {...form.register("slug", {
                  pattern: { value: /^[a-z0-9-]{3,40}$/, message: t("business.badSlug") },
                })}
              />
            </Field>
            <Field label={t("business.country")} error={errors.country?.message}>
              {choice("country", options.countries)}
            </Field>
            <Field label={t("business.currency")} error={errors.currency?.message}>
              {choice("currency", options.currencies)}
            </Field>
            <Field
              label={t("business.timezone")}
              hint={t("business.timezoneHint")}
              error={errors.timezone?.message}
            >
              {choice("timezone", options.zones)}
            </Field>
            <Controller
              control={form.control}
              name="week_start"
              render={({ field }) => (
                <Segmented
                  label={t("business.weekStart")}
                  value={field.value}
                  onValueChange={field.onChange}
                  disabled={!canAdminister}
                  options={[
                    { value: "1", label: t("business.monday") },
                    { value: "0", label: t("business.sunday") },
                    { value: "6", label: t("business.saturday") },
                  ]}
                />
              )}
            />
          </div>
        </Card>
      </form>
      <DemoData />
    </SettingsSection>
  );
}
