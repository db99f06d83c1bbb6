"use client";

import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { PasswordInput } from "./password-input";
import type { AccountFormState } from "./use-account-form";

interface AccountFormProps {
  form: AccountFormState;
  submitLabel: string;
  /** Why one is here, above everything. */
  notice?: ReactNode;
  /** Below the button: another way on. */
  after?: ReactNode;
  /** The fields. */
  children: ReactNode;
}

/**
 * The form of every page without a session. Its method keeps a password out of the address when it
 * is sent before the page is alive.
 */
export function AccountForm({ form, submitLabel, notice, after, children }: AccountFormProps) {
  return (
    <form method="post" noValidate onSubmit={form.submit} className="flex flex-col gap-4">
      {notice}
      <FormAlert>{form.alert}</FormAlert>
      {children}
      <Button type="submit" variant="primary" size="lg" busy={form.isBusy} className="mt-1 w-full">
        {submitLabel}
      </Button>
      {after}
    </form>
  );
}

type FieldProps = UseFormRegisterReturn & { error: string | undefined };

/** The address that one signs in with. */
export function EmailField({ error, ...input }: FieldProps) {
  const t = useTranslations("auth");
  return (
    <Field label={t("email")} error={error}>
      <Input
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        {...input}
      />
    </Field>
  );
}

/** A password to be chosen, with what is asked of it. */
export function NewPasswordField({ label, error, ...input }: FieldProps & { label: string }) {
  const t = useTranslations("auth");
  return (
    <Field label={label} hint={t("passwordHint")} error={error}>
      <PasswordInput autoComplete="new-password" {...input} />
    </Field>
  );
}
