"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { givePass, inactiveQuery, type Rules, retentionQuery } from "./queries";

const NAMES = [
  "trash_days",
  "import_days",
  "notification_days",
  "history_days",
  "inactive_days",
] as const;
type Name = (typeof NAMES)[number];

/** How long things are kept, in days. */
export function RetentionCard() {
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(retentionQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 rounded-lg" />;
  return <RetentionForm key={data.version} rules={data} />;
}

function RetentionForm({ rules }: { rules: Rules }) {
  const t = useTranslations("settings.privacy.retention");
  const { slug } = useSession();
  const queries = useQueryClient();
  const [alert, setAlert] = useState<string>();
  const form = useForm<Record<Name, string>>({
    defaultValues: Object.fromEntries(
      NAMES.map((name) => [name, String(rules[name] ?? "")]),
    ) as Record<Name, string>,
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    const days = Object.fromEntries(
      NAMES.map((name) => [name, values[name].trim() === "" ? null : Number(values[name])]),
    );
    try {
      const body = { ...days, pass: await givePass() };
      const saved = await djangoApi.patch("/api/privacy/retention/", body);
      queries.setQueryData(retentionQuery(slug).queryKey, saved);
      await queries.invalidateQueries({ queryKey: inactiveQuery(slug).queryKey });
      toast.success(t("saved"));
    } catch (error) {
      setAlert(applyApiError(form, error, NAMES));
    }
  });
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Card
        title={t("title")}
        description={t("description")}
        footer={
          <Button type="submit" variant="primary" busy={isSubmitting} disabled={!isDirty}>
            {t("save")}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <FormAlert>{alert}</FormAlert>
          <div className="grid gap-4 sm:grid-cols-2">
            {NAMES.map((name) => (
              <Field
                key={name}
                label={t(`${name}.label`)}
                hint={t(`${name}.hint`)}
                error={errors[name]?.message}
              >
                <Input
                  type="text"
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={4}
                  className="max-w-28"
                  {...form.register(name, {
                    validate: (value) => /^\d{0,4}$/.test(value.trim()) || t("whole"),
                  })}
                />
              </Field>
            ))}
          </div>
        </div>
      </Card>
    </form>
  );
}
