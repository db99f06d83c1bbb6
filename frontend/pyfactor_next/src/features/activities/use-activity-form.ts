"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { type FormValues, inputOf, isComplete, valuesOf } from "./form-values";
import { useActivityName, useChangeActivity, useCreateActivity } from "./mutations";
import type { About, Activity } from "./types";

interface FormOptions {
  initial: FormValues;
  about: About;
  /** Given: this one is changed. */
  activity?: Activity;
  onSaved: () => void;
}

/** Values, messages and saving of an activity's form. */
export function useActivityForm({ initial, about, activity, onSaved }: FormOptions) {
  const t = useTranslations("activities");
  const { tenant } = useSession();
  const zone = tenant.timezone || "UTC";
  const showError = useErrorToast();
  const nameOf = useActivityName();
  const create = useCreateActivity();
  const change = useChangeActivity();
  const [values, setValues] = useState(activity ? valuesOf(activity, zone) : initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());

  const save = async (): Promise<void> => {
    if (!isComplete(values)) return;
    const input = inputOf(values, zone);
    // What is logged has happened.
    const isLogged = values.kind === "call" || values.kind === "email";
    try {
      if (activity) await change.mutateAsync({ activity, patch: input });
      else {
        const status = isLogged ? { status: "done" as const } : {};
        await create.mutateAsync({ values: { ...input, ...status, ...about }, idempotencyKey });
      }
      setKey(crypto.randomUUID());
      setErrors({});
      toast.success(t("task.saved", { name: nameOf(values) }));
      onSaved();
    } catch (error) {
      const told = isApiError(error) ? error.fieldErrors : [];
      setErrors(Object.fromEntries(told.map(({ field, message }) => [field, message])));
      setKey(crypto.randomUUID());
      if (told.length === 0) showError(error, t("composer.failed"));
    }
  };

  return {
    values,
    errors,
    change: (part: Partial<FormValues>) => setValues((all) => ({ ...all, ...part })),
    reset: setValues,
    save: () => void save(),
    isSaving: create.isPending || change.isPending,
    canSave: isComplete(values),
  };
}
