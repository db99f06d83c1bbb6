"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { safeNext } from "@/api";
import { Field } from "@/ui/field";
import { filled } from "@/ui/filled";
import { Input } from "@/ui/input";
import { AccountForm } from "./account-form";
import { AuthCard } from "./auth-card";
import { Notice } from "./notice";
import { leaveForProvider } from "./single-sign-on";
import { textLink } from "./text-link";
import { useAccountForm } from "./use-account-form";

/** Asks whose single sign-on is wanted, and leaves for it. */
export function SingleSignOnPage() {
  const t = useTranslations("auth.singleSignOn");
  const search = useSearchParams();
  const next = safeNext(search.get("next"));
  const form = useForm({ defaultValues: { who: search.get("who") ?? "" } });
  const { errors } = useFormState({ control: form.control });
  const account = useAccountForm({
    form,
    fields: ["who"],
    run: async ({ who }) => {
      const name = who.trim();
      await leaveForProvider(name.includes("@") ? { email: name } : { business: name }, next);
      return "signed-in" as const;
    },
    // The page is being left already.
    onStep: () => undefined,
  });
  return (
    <AuthCard
      title={t("title")}
      description={t("description")}
      footer={
        <Link href="/sign-in" className={textLink}>
          {t("back")}
        </Link>
      }
    >
      <AccountForm
        form={account}
        submitLabel={t("submit")}
        notice={search.get("reason") === "required" ? <Notice>{t("required")}</Notice> : null}
      >
        <Field label={t("who")} hint={t("whoHint")} error={errors.who?.message}>
          <Input
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            {...form.register("who", filled(t("missing")))}
          />
        </Field>
      </AccountForm>
    </AuthCard>
  );
}
