"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { safeNext } from "@/api";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { accountApi } from "./account-api";
import { AuthCard } from "./auth-card";
import { Notice } from "./notice";
import { PasswordInput } from "./password-input";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

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
  const { alert, submit, isBusy } = useAccountForm({
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
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        {reason === "expired" ? <Notice>{t("signIn.expired")}</Notice> : null}
        {reason === "reset" ? <Notice>{t("signIn.reset")}</Notice> : null}
        <FormAlert>{alert}</FormAlert>
        <Field label={t("email")} error={errors.email?.message}>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            {...form.register("email", rules.email)}
          />
        </Field>
        <Field
          label={t("password")}
          error={errors.password?.message}
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
        <Button type="submit" variant="primary" size="lg" busy={isBusy} className="mt-1 w-full">
          {t("signIn.submit")}
        </Button>
      </form>
    </AuthCard>
  );
}
