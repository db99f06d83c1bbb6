"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Field } from "@/ui/field";
import { accountApi } from "./account-api";
import { AccountForm, EmailField, NewPasswordField } from "./account-form";
import { AuthCard } from "./auth-card";
import { CodeInput } from "./code-input";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

/** Two steps on one address: ask for a code, then use it. Says nothing of whether there is an account. */
export function ForgottenPasswordPage() {
  const t = useTranslations("auth.reset");
  const [email, setEmail] = useState<string>();
  return (
    <AuthCard
      title={t("title")}
      description={email === undefined ? t("description") : t("sentTo", { email })}
      footer={
        <Link href="/sign-in" className={textLink}>
          {t("back")}
        </Link>
      }
    >
      {email === undefined ? <RequestForm onSent={setEmail} /> : <ResetForm email={email} />}
    </AuthCard>
  );
}

function RequestForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useTranslations("auth");
  const rules = useAccountRules();
  const form = useForm({ defaultValues: { email: "" } });
  const account = useAccountForm({
    form,
    fields: ["email"],
    run: ({ email }) => accountApi.requestReset(email),
    onStep: (_, { email }) => onSent(email),
  });
  const { errors } = useFormState({ control: form.control });
  return (
    <AccountForm form={account} submitLabel={t("reset.request")}>
      <EmailField error={errors.email?.message} {...form.register("email", rules.email)} />
    </AccountForm>
  );
}

function ResetForm({ email }: { email: string }) {
  const t = useTranslations("auth");
  const rules = useAccountRules();
  const form = useForm({ defaultValues: { key: "", password: "" } });
  const account = useAccountForm({
    form,
    fields: ["key", "password"],
    run: accountApi.resetPassword,
    onStep: (step) => {
      const search = new URLSearchParams({ reason: "reset", email });
      window.location.assign(step === "signed-in" ? "/" : `/sign-in?${search}`);
    },
  });
  const { errors } = useFormState({ control: form.control });
  return (
    <AccountForm form={account} submitLabel={t("reset.submit")}>
      {/* Tells the password manager whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("reset.code")} error={errors.key?.message}>
        <CodeInput {...form.register("key", rules.code)} />
      </Field>
      <NewPasswordField
        label={t("reset.newPassword")}
        error={errors.password?.message}
        {...form.register("password", rules.newPassword)}
      />
    </AccountForm>
  );
}
