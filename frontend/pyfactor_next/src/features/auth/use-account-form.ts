"use client";

import { useState } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, isApiError } from "@/api";
import type { AccountStep } from "./account-api";

export interface AccountFormState {
  /** The error that belongs to no field. */
  alert: string | undefined;
  /** For the form's onSubmit. */
  submit: (event: React.SyntheticEvent) => void;
  isBusy: boolean;
  setAlert: (text: string | undefined) => void;
}

interface Options<T extends FieldValues> {
  form: UseFormReturn<T>;
  fields: readonly FieldPath<T>[];
  run: (values: T) => Promise<AccountStep>;
  /** Leaves the page; the form stays busy meanwhile. */
  onStep: (step: AccountStep, values: T) => void;
}

/** Submits an account form: errors to their fields, limits and failures into one line above. */
export function useAccountForm<T extends FieldValues>(options: Options<T>): AccountFormState {
  const { form, fields, run, onStep } = options;
  const t = useTranslations("auth");
  const [alert, setAlert] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const explain = (error: unknown): string | undefined => {
    if (!isApiError(error)) return t("unexpected");
    if (error.kind === "network" || error.kind === "timeout") return t("offline");
    if (error.kind === "server") return t("unexpected");
    if (error.kind === "rate_limited") {
      const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1_000);
      return seconds < 100
        ? t("limited", { seconds })
        : t("limitedMinutes", { minutes: Math.ceil(seconds / 60) });
    }
    return applyApiError(form, error, fields);
  };

  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    setBusy(true);
    try {
      onStep(await run(values), values);
    } catch (error) {
      setAlert(explain(error));
      setBusy(false);
    }
  });
  return { alert, submit: (event) => void submit(event), isBusy, setAlert };
}
