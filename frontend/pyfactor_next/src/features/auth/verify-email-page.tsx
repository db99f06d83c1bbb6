"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { isApiError, safeNext } from "@/api";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { accountApi } from "./account-api";
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
  const { alert, submit, isBusy, setAlert } = useAccountForm({
    form,
    fields: ["key"],
    run: ({ key }) => accountApi.verifyEmail(key),
    onStep: (step) => window.location.assign(step === "signed-in" ? next : "/sign-in"),
  });

  const resend = async (): Promise<void> => {
    setResending(true);
    setAlert(undefined);
    setResent(false);
    try {
      await accountApi.resendCode();
      setResent(true);
    } catch (error) {
      setAlert(isApiError(error) ? error.message : t("unexpected"));
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
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <FormAlert>{alert}</FormAlert>
        {isResent ? <Notice>{t("verify.resent")}</Notice> : null}
        <Field label={t("verify.code")} error={form.formState.errors.key?.message}>
          <CodeInput {...form.register("key", rules.code)} />
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={isBusy} className="w-full">
          {t("verify.submit")}
        </Button>
        <Button variant="ghost" busy={isResending} onClick={() => void resend()}>
          {t("verify.resend")}
        </Button>
      </form>
    </AuthCard>
  );
}
