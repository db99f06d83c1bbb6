"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { PasswordInput } from "@/features/auth";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field, FormAlert } from "@/ui/field";
import { filled } from "@/ui/filled";
import { toast } from "@/ui/toast";
import { sessionsQuery } from "./queries";

const FIELDS = ["current_password", "new_password"] as const;
/** The API's code for a wrong password; its own words sound as if none had been typed. */
const WRONG = "enter_current_password";

/** Changes the password; the API ends every other session of the account. */
export function PasswordCard() {
  const t = useTranslations("settings.password");
  const { user } = useSession();
  const queries = useQueryClient();
  const [alert, setAlert] = useState<string>();
  const form = useForm({
    defaultValues: { current_password: "", new_password: "" },
  });
  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    try {
      await djangoApi.post("/api/auth/browser/v1/account/password/change", values);
      // Fields are registered once and not at every render, so reset() has to keep them.
      form.reset(undefined, { keepFieldsRef: true });
      toast.success(t("changed"));
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    } catch (error) {
      setAlert(applyApiError(form, error, FIELDS));
    }
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Card
        title={t("title")}
        description={t("description")}
        footer={
          <Button type="submit" busy={isSubmitting}>
            {t("submit")}
          </Button>
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <FormAlert>{alert}</FormAlert>
          {/* Tells the password manager whose password it is. */}
          <input type="email" autoComplete="username" value={user.email} readOnly hidden />
          <Field
            label={t("current")}
            error={
              errors.current_password?.type === WRONG
                ? t("wrongCurrent")
                : errors.current_password?.message
            }
          >
            <PasswordInput
              autoComplete="current-password"
              {...form.register("current_password", filled(t("missingCurrent")))}
            />
          </Field>
          <Field label={t("new")} hint={t("hint")} error={errors.new_password?.message}>
            <PasswordInput
              autoComplete="new-password"
              {...form.register("new_password", filled(t("missingNew")))}
            />
          </Field>
        </div>
      </Card>
    </form>
  );
}
