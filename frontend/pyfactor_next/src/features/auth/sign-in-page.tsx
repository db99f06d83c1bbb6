"use client";

import { Building2 } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { safeNext } from "@/api";
import { Field } from "@/ui/field";
import { LinkButton } from "@/ui/link-button";
import { accountApi } from "./account-api";
import { AccountForm, EmailField } from "./account-form";
import { AuthCard } from "./auth-card";
import { Notice } from "./notice";
import { PasskeySignIn } from "./passkey-sign-in";
import { PasswordInput } from "./password-input";
import type { ProofMethod } from "./proof-form";
import { useAccountRules } from "./rules";
import { SecondStepPage } from "./second-step-page";
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
  const [methods, setMethods] = useState<ProofMethod[]>();
  const rules = useAccountRules();
  const form = useForm({
    defaultValues: { email: search.get("email") ?? "", password: "" },
  });
  const account = useAccountForm({
    form,
    fields: ["email", "password"],
    run: (values) => accountApi.signIn(values, setMethods),
    onStep: (step, { email }) => {
      // A full load: the server draws the page for the new session, and no old data are left.
      if (step === "signed-in") window.location.assign(next);
      else if (step !== "second-step")
        router.push(`/verify-email?${new URLSearchParams({ email, next })}`);
    },
  });
  const { errors } = form.formState;
  if (methods) {
    const startOver = (): void => window.location.assign("/sign-in");
    return <SecondStepPage methods={methods} next={next} onStartOver={startOver} />;
  }
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
        after={
          <>
            <PasskeySignIn next={next} onError={account.setAlert} />
            <LinkButton
              size="lg"
              className="w-full"
              href={`/sign-in/single-sign-on?${new URLSearchParams({ next })}`}
            >
              <Building2 aria-hidden />
              {t("signIn.singleSignOn")}
            </LinkButton>
          </>
        }
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
