"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { accountApi } from "./account-api";
import { AuthCard } from "./auth-card";
import { PasswordInput } from "./password-input";
import { useAccountRules } from "./rules";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

export function SignUpPage() {
  const t = useTranslations("auth");
  const router = useRouter();
  const rules = useAccountRules();
  const form = useForm({ defaultValues: { name: "", email: "", password: "" } });
  const { alert, submit, isBusy } = useAccountForm({
    form,
    fields: ["name", "email", "password"],
    run: accountApi.signUp,
    onStep: (step, { email }) => {
      if (step === "signed-in") window.location.assign("/");
      else router.push(`/verify-email?${new URLSearchParams({ email })}`);
    },
  });
  const { errors } = form.formState;
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
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <FormAlert>{alert}</FormAlert>
        <Field label={t("name")} error={errors.name?.message}>
          <Input autoComplete="name" {...form.register("name", rules.name)} />
        </Field>
        <Field label={t("email")} error={errors.email?.message}>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            {...form.register("email", rules.email)}
          />
        </Field>
        <Field label={t("password")} hint={t("passwordHint")} error={errors.password?.message}>
          <PasswordInput
            autoComplete="new-password"
            {...form.register("password", rules.newPassword)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={isBusy} className="mt-1 w-full">
          {t("signUp.submit")}
        </Button>
      </form>
    </AuthCard>
  );
}
