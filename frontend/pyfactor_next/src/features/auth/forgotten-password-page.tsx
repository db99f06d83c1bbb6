"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { accountApi } from "./account-api";
import { AuthCard } from "./auth-card";
import { CodeInput } from "./code-input";
import { PasswordInput } from "./password-input";
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
  const { alert, submit, isBusy } = useAccountForm({
    form,
    fields: ["email"],
    run: ({ email }) => accountApi.requestReset(email),
    onStep: (_, { email }) => onSent(email),
  });
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormAlert>{alert}</FormAlert>
      <Field label={t("email")} error={form.formState.errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          {...form.register("email", rules.email)}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={isBusy} className="w-full">
        {t("reset.request")}
      </Button>
    </form>
  );
}

function ResetForm({ email }: { email: string }) {
  const t = useTranslations("auth");
  const rules = useAccountRules();
  const form = useForm({ defaultValues: { key: "", password: "" } });
  const { alert, submit, isBusy } = useAccountForm({
    form,
    fields: ["key", "password"],
    run: accountApi.resetPassword,
    onStep: (step) => {
      const search = new URLSearchParams({ reason: "reset", email });
      window.location.assign(step === "signed-in" ? "/" : `/sign-in?${search}`);
    },
  });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormAlert>{alert}</FormAlert>
      {/* Tells the password manager whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("reset.code")} error={errors.key?.message}>
        <CodeInput {...form.register("key", rules.code)} />
      </Field>
      <Field
        label={t("reset.newPassword")}
        hint={t("passwordHint")}
        error={errors.password?.message}
      >
        <PasswordInput
          autoComplete="new-password"
          {...form.register("password", rules.newPassword)}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={isBusy} className="w-full">
        {t("reset.submit")}
      </Button>
    </form>
  );
}
