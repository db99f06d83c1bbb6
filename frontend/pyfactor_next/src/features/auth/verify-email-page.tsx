"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { isApiError, safeNext } from "@/api";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { accountApi } from "./account-api";
import { AccountForm } from "./account-form";
import { AuthCard } from "./auth-card";
import { CodeInput } from "./code-input";
import { Notice } from "./notice";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

export function VerifyEmailPage() {
  const t = useTranslations("auth");
  const search = useSearchParams();
  const email = search.get("email");
  const next = safeNext(search.get("next"));
  const [isResent, setResent] = useState(false);
  const [isResending, setResending] = useState(false);
  const rules = useAccountRules();
  const form = useForm({ defaultValues: { key: "" } });
  const { errors } = useFormState({ control: form.control });
  const account = useAccountForm({
    form,
    fields: ["key"],
    run: ({ key }) => accountApi.verifyEmail(key),
    onStep: (step) => window.location.assign(step === "signed-in" ? next : "/sign-in"),
  });

  const resend = async (): Promise<void> => {
    setResending(true);
    account.setAlert(undefined);
    setResent(false);
    try {
      await accountApi.resendCode();
      setResent(true);
    } catch (error) {
      account.setAlert(isApiError(error) ? error.message : t("unexpected"));
    } finally {
      setResending(false);
    }
  };

  return (
    <AuthCard
      title={t("verify.title")}
      description={email ? t("verify.sentTo", { email }) : t("verify.sent")}
      footer={
        <>
          {t("verify.wrongAddress")}{" "}
          <Link href="/sign-up" className={textLink}>
            {t("verify.startOver")}
          </Link>
        </>
      }
    >
      <AccountForm
        form={account}
        submitLabel={t("verify.submit")}
        notice={isResent ? <Notice>{t("verify.resent")}</Notice> : null}
        after={
          <Button variant="ghost" busy={isResending} onClick={() => void resend()}>
            {t("verify.resend")}
          </Button>
        }
      >
        <Field label={t("verify.code")} error={errors.key?.message}>
          <CodeInput {...form.register("key", rules.code)} />
        </Field>
      </AccountForm>
    </AuthCard>
  );
}
