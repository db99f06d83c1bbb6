"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { meQuery, useSession } from "@/features/session";
import { timezoneOptions } from "@/i18n/regions";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field, FormAlert } from "@/ui/field";
import { filled } from "@/ui/filled";
import { Input } from "@/ui/input";
import { LaterCombobox } from "@/ui/later-combobox";
import { Segmented } from "@/ui/segmented";
import { chooseTheme, type Theme, useTheme } from "@/ui/theme";
import { useThemeOptions } from "@/ui/theme-options";
import { toast } from "@/ui/toast";
import { KeyboardCard } from "./keyboard-card";
import { LanguageCard } from "./language-card";
import { PasswordCard } from "./password-card";
import { SettingsSection } from "./settings-section";

const FIELDS = ["name", "timezone"] as const;

export function ProfilePage() {
  const t = useTranslations("settings.profile");
  return (
    <SettingsSection title={t("title")} description={t("description")}>
      <ProfileCard />
      <LanguageCard />
      <AppearanceCard />
      <KeyboardCard />
      <PasswordCard />
    </SettingsSection>
  );
}

function ProfileCard() {
  const t = useTranslations("settings");
  const { user, tenant } = useSession();
  const queries = useQueryClient();
  const zones = useMemo(() => timezoneOptions(), []);
  const [alert, setAlert] = useState<string>();
  const form = useForm({
    values: { name: user.name, timezone: user.timezone },
  });
  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    try {
      queries.setQueryData(meQuery.queryKey, await djangoApi.patch("/api/auth/me/", values));
      toast.success(t("saved"));
    } catch (error) {
      setAlert(applyApiError(form, error, FIELDS));
    }
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Card
        footer={
          <Button type="submit" variant="primary" busy={isSubmitting} disabled={!isDirty}>
            {t("save")}
          </Button>
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <FormAlert>{alert}</FormAlert>
          <Field label={t("profile.name")} error={errors.name?.message}>
            <Input
              autoComplete="name"
              maxLength={120}
              // For the server's HTML, which form.values do not reach.
              defaultValue={user.name}
              {...form.register("name", filled(t("profile.missingName")))}
            />
          </Field>
          <Field label={t("profile.email")} hint={t("profile.emailHint")}>
            <Input type="email" value={user.email} readOnly />
          </Field>
          <Field label={t("profile.timezone")} error={errors.timezone?.message}>
            <Controller
              control={form.control}
              name="timezone"
              render={({ field }) => (
                <LaterCombobox
                  options={zones}
                  clearable
                  placeholder={t("profile.timezoneAsBusiness", { zone: tenant.timezone || "UTC" })}
                  value={field.value || null}
                  onValueChange={(value) => field.onChange(value ?? "")}
                  onBlur={field.onBlur}
                />
              )}
            />
          </Field>
        </div>
      </Card>
    </form>
  );
}

function AppearanceCard() {
  const t = useTranslations("ui.theme");
  const settings = useTranslations("settings.profile");
  return (
    <Card>
      <div className="max-w-md">
        <Segmented<Theme>
          label={t("title")}
          hint={settings("appearanceHint")}
          value={useTheme()}
          onValueChange={chooseTheme}
          options={useThemeOptions()}
        />
      </div>
    </Card>
  );
}
