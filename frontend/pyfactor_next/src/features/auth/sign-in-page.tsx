"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { safeNext } from "@/api";
import { Field } from "@/ui/field";
import { accountApi } from "./account-api";
import { AccountForm, EmailField } from "./account-form";
import { AuthCard } from "./auth-card";
import { Notice } from "./notice";
import { PasswordInput } from "./password-input";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

/** The API's code for a wrong address or password; it does not say which of the two. */
const MISMATCH = "email_password_mismatch";

export function SignInPage() {
  const t = useTranslations("auth");
  const router = useRouter();
  const search = useSearchParams();
  const next = safeNext(search.get("next"));
  const reason = search.get("reason");
  const rules = useAccountRules();
  const form = useForm({
    defaultValues: { email: search.get("email") ?? "", password: "" },
  });
  const account = useAccountForm({
    form,
    fields: ["email", "password"],
    run: accountApi.signIn,
    onStep: (step, { email }) => {
      // A full load: the server draws the page for the new session, and no old data are left.
      if (step === "signed-in") window.location.assign(next);
      else router.push(`/verify-email?${new URLSearchParams({ email, next })}`);
    },
  });
  const { errors } = form.formState;
  return (
    <AuthCard
      title={t("signIn.title")}
      footer={
        <>
          {t("signIn.noAccount")}{" "}
          <Link href="/sign-up" className={textLink}>
            {t("signIn.signUp")}
          </Link>
        </>
      }
    >
      <AccountForm
        form={account}
        submitLabel={t("signIn.submit")}
        notice={
          reason === "expired" || reason === "reset" ? (
            <Notice>{t(`signIn.${reason}`)}</Notice>
          ) : null
        }
      >
        <EmailField error={errors.email?.message} {...form.register("email", rules.email)} />
        <Field
          label={t("password")}
          error={
            errors.password?.type === MISMATCH ? t("signIn.mismatch") : errors.password?.message
          }
          aside={
            <Link href="/forgotten-password" className={`text-xs ${textLink}`}>
              {t("signIn.forgotten")}
            </Link>
          }
        >
          <PasswordInput
            autoComplete="current-password"
            {...form.register("password", rules.password)}
          />
        </Field>
      </AccountForm>
    </AuthCard>
  );
}
