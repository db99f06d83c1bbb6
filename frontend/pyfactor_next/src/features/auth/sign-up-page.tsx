"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { safeNext } from "@/api";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { accountApi } from "./account-api";
import { AccountForm, EmailField, NewPasswordField } from "./account-form";
import { AuthCard } from "./auth-card";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

export function SignUpPage() {
  const t = useTranslations("auth");
  const router = useRouter();
  const search = useSearchParams();
  // Given by an invitation: its address, and the way back to it.
  const next = safeNext(search.get("next"));
  const rules = useAccountRules();
  const form = useForm({
    defaultValues: { name: "", email: search.get("email") ?? "", password: "" },
  });
  const account = useAccountForm({
    form,
    fields: ["name", "email", "password"],
    run: accountApi.signUp,
    onStep: (step, { email }) => {
      if (step === "signed-in") window.location.assign(next);
      else router.push(`/verify-email?${new URLSearchParams({ email, next })}`);
    },
  });
  const { errors } = useFormState({ control: form.control });
  return (
    <AuthCard
      title={t("signUp.title")}
      description={t("signUp.description")}
      footer={
        <>
          {t("signUp.haveAccount")}{" "}
          <Link href="/sign-in" className={textLink}>
            {t("signUp.signIn")}
          </Link>
        </>
      }
    >
      <AccountForm form={account} submitLabel={t("signUp.submit")}>
        <Field label={t("name")} error={errors.name?.message}>
          <Input autoComplete="name" {...form.register("name", rules.name)} />
        </Field>
        <EmailField error={errors.email?.message} {...form.register("email", rules.email)} />
        <NewPasswordField
          label={t("password")}
          error={errors.password?.message}
          {...form.register("password", rules.newPassword)}
        />
      </AccountForm>
    </AuthCard>
  );
}
